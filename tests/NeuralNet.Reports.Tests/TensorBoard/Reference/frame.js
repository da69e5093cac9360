// Frames the lines of its input, which are in base 64, as records of a TFRecord file, and writes the file in base 64.
const { crc32c, maskCrc } = require("@roboflow/tfrecords/src/tensorFlowHelpers");

const int32 = value => { const bytes = Buffer.alloc(4); bytes.writeUInt32LE(maskCrc(value) >>> 0); return bytes; };
const parts = [];
for (const line of require("fs").readFileSync(0, "utf8").trim().split("\n")) {
  const data = Buffer.from(line, "base64");
  const length = Buffer.alloc(8);
  length.writeUInt32LE(data.length);
  parts.push(length, int32(crc32c(length)), data, int32(crc32c(data)));
}
console.log(Buffer.concat(parts).toString("base64"));
