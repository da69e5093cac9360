namespace NeuralNet.Data.Images.Png;

/// <summary>The signature of PNG files.</summary>
internal static class PngSignature
{
    /// <summary>The first bytes of every file.</summary>
    public static ReadOnlySpan<byte> Bytes => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];
}
