namespace NeuralNet.Onnx.Agreement;

/// <summary>What a model came to.</summary>
internal enum Verdict
{
    /// <summary>The network answers as ONNX Runtime does.</summary>
    Agrees,

    /// <summary>The importer refused it, and said why.</summary>
    Refused,

    /// <summary>The network answers something else.</summary>
    Wrong,

    /// <summary>Something else than a refusal was thrown.</summary>
    Crashed,

    /// <summary>ONNX Runtime has no answer to compare with.</summary>
    NoAnswer,
}
