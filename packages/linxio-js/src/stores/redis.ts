/** A session in Redis, for containers and machines. */
export { type RedisClient, type RedisConvention, redisStore, type RedisStoreOptions } from "linxio-effect/stores/redis"
