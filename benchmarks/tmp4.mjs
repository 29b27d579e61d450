import { build } from "esbuild"
const { metafile } = await build({stdin:{contents:`import { createClient } from "linxio-js"; globalThis.used = createClient`,resolveDir:process.cwd()+"/benchmarks"},bundle:true,minify:true,format:"esm",platform:"browser",alias:{"linxio-js":"/work/main/packages/linxio-js/src/index.ts"},write:false,metafile:true,logLevel:"silent"})
const out=Object.values(metafile.outputs)[0].inputs
for (const [k,v] of Object.entries(out).sort((a,b)=>b[1].bytesInOutput-a[1].bytesInOutput)) if(v.bytesInOutput>0&&true) console.log(v.bytesInOutput,k)
