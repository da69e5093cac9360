using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Onnx.Tests.Export;
using NeuralNet.Pipelines;

namespace NeuralNet.Onnx.Tests.Import;

/// <summary>
/// A model with missing values as scikit-learn's converter writes it, an Imputer in front of a Scaler, with what the
/// pipeline that is loaded of it predicts.
/// </summary>
internal sealed class ImputerCase : IExportCase
{
    private const int Features = 3;

    public string Name => "imputer";

    public bool Runs => true;

    public IReadOnlySet<Type> Kinds { get; } = new HashSet<Type>();

    public byte[] Model()
    {
        GraphText text = new GraphText(Features, "a = ai.onnx.ml.Imputer(x)")
            .WithFloats("imputed_value_floats", 10.1, -20, 0.3)
            .With(OnnxAttribute.Float("replaced_value_float", double.NaN))
            .Then("b = ai.onnx.ml.Scaler(a)").WithFloats("offset", 1, 2, 3).WithFloats("scale", 2, 0.5, -1)
            .Then("c = MatMul(b, w)").Constant("w", Features, 2).Then("y = Tanh(c)");
        text.Model.OpsetImport.Add(new Schema.OperatorSetIdProto { Domain = "ai.onnx.ml", Version = 1 });
        return text.Bytes();
    }

    public CaseDescription Describe() => new(
        Name, Runs, "float32", [new("x", [Features])], [new("y", [2])], [Batch(1), Batch(64)]);

    public double RoundTripDifference() => 0;

    private CaseBatch Batch(int samples)
    {
        Matrix<float> inputs = TestData.Uniform<float>(Features, samples, seed: samples);
        for (int j = 0; j < samples; j++)
        {
            inputs[j % Features, j] = float.NaN;
        }

        Matrix<float> outputs = Pipeline.LoadOnnx<float>(new MemoryStream(Model())).Predict(inputs);
        return new(samples, Numbers(inputs), Numbers(outputs));
    }

    private static double[] Numbers(Matrix<float> matrix) =>
        [.. matrix.ToColumnMajorArray().Select(value => (double)value)];
}
