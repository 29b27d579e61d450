import { build } from "esbuild"
import { gzipSync } from "node:zlib"
import { readFileSync } from "node:fs"
const one = async (stub) => {
 const plugins=[{name:"s",setup(b){ if(stub) b.onLoad({filter:stub.f},()=>({contents:stub.c,loader:"js"}))}}]
 const r = await build({stdin:{contents:`import { createClient } from "linxio-js"; globalThis.used = createClient`,resolveDir:process.cwd()+"/benchmarks"},bundle:true,minify:true,format:"esm",platform:"browser",alias:{"linxio-js":process.cwd()+"/packages/linxio-js/src/index.ts"},write:false,metafile:true,logLevel:"silent",plugins})
 return gzipSync(r.outputFiles[0].contents,{level:9}).length
}
const base=await one()
console.log("base",base)
for (const [f,c] of [
 [/http\/keepAlive\.js$/,"export const makeKeepAlive=()=>{}"],
 [/refresh\/autoSignIn\.js$/,"export const makeAutoSignIn=()=>{}"],
 [/refresh\/signInAgain\.js$/,"import * as Effect from 'effect/Effect';export const makeSignInAgain=()=>Effect.void"],
 [/refresh\/askCredentials\.js$/,"export const askCredentials=()=>{}"],
 [/refresh\/refusedSignIn\.js$/,"export const refusedSignIn=()=>{};export const mayBeRefused=()=>{}"],
 [/refresh\/postLogin\.js$/,"export const postLogin=()=>{}"],
 [/errors\/signIn\.js$/,"export const signInPaused=()=>{},signInRefused=()=>{},codeRequired=()=>{}"],
 [/client\/credentials\.ts$/,"export const credentialsFrom=(x)=>x"],
]) console.log(base-await one({f,c}), f)
