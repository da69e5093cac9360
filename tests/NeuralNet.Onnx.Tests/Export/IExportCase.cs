namespace NeuralNet.Onnx.Tests.Export;

/// <summary>A network that is exported, without its number type.</summary>
internal interface IExportCase
{
    string Name { get; }

    /// <summary>Whether ONNX Runtime has all the operators in the model's number type.</summary>
    bool Runs { get; }

    /// <summary>The types of its layers, without their number type, and of their activations.</summary>
    IReadOnlySet<Type> Kinds { get; }

    byte[] Model();

    /// <summary>What the verification needs to know beside the model.</summary>
    CaseDescription Describe();

    /// <summary>
    /// The largest difference between what the network predicts, and what it does after export and import.
    /// </summary>
    double RoundTripDifference();
}
