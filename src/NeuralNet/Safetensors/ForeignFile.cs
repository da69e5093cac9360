namespace NeuralNet.Safetensors;

/// <summary>Tells by its first bytes what a file is that is no safetensors file, and what to do with it.</summary>
internal static class ForeignFile
{
    private const string Onnx = "which OnnxImporter of the ONNX package reads";

    private const string StateDict =
        "PyTorch's weights are read by LoadStateDict from what safetensors.torch.save_file(model.state_dict(), path) "
        + "writes in Python";

    /// <summary>What a file seems to be, as a sentence after another; empty if its first bytes say nothing.</summary>
    /// <remarks>To be asked when reading has failed: a header may be as long as some of these bytes say.</remarks>
    public static string Describe(ReadOnlySpan<byte> start) => start switch
    {
        [(byte)'P', (byte)'K', 3, 4, ..] => $" It is a ZIP archive, as torch.save and Keras write them: {StateDict}.",
        [0x89, (byte)'H', (byte)'D', (byte)'F', ..] =>
            $" It is an HDF5 file, as Keras writes them: export the model to ONNX, {Onnx}.",
        [0x80, <= 5, ..] => $" It is a Python pickle, as older torch.save wrote them: {StateDict}.",
        [0x1F, 0x8B, ..] => " It is compressed by gzip: unpack it, or read it through a GZipStream.",
        [0x08, <= 20, 0x12 or 0x1A or 0x3A, ..] => $" It may be an ONNX model, {Onnx}.",
        _ => "",
    };
}
