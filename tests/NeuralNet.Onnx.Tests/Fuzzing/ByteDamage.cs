namespace NeuralNet.Onnx.Tests.Fuzzing;

/// <summary>Damage that knows nothing of the format.</summary>
internal static class ByteDamage
{
    public static byte[] Apply(byte[] model, Random random)
    {
        List<byte> bytes = [.. model];
        int position = random.Next(bytes.Count);
        int length = random.Next(1, 1 + Math.Min(64, bytes.Count - position));
        switch (random.Next(6))
        {
            case 0:
                bytes.RemoveRange(position, bytes.Count - position);
                break;
            case 1:
                bytes.RemoveRange(position, length);
                break;
            case 2:
                bytes.InsertRange(position, bytes.GetRange(random.Next(bytes.Count - length + 1), length));
                break;
            case 3:
                byte[] noise = new byte[length];
                random.NextBytes(noise);
                bytes.InsertRange(position, noise);
                break;
            default:
                for (int i = random.Next(1, 12); i > 0; i--)
                {
                    // Names, sizes and types are in the front and at the end; the middle is numbers.
                    int at = random.Next(3) switch
                    {
                        0 => random.Next(Math.Min(200, bytes.Count)),
                        1 => bytes.Count - 1 - random.Next(Math.Min(400, bytes.Count)),
                        _ => random.Next(bytes.Count),
                    };
                    bytes[at] ^= (byte)(1 << random.Next(8));
                }

                break;
        }

        return [.. bytes];
    }
}
