module.exports = require("linxio-js")
