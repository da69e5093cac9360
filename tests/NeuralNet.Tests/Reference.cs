using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Layers;
using NeuralNet.Networks;

namespace NeuralNet.Tests;

/// <summary>
/// The equations of a dense network, written with plain MathNet operators and nothing of the library's kernels: what
/// the library is held against.
/// </summary>
internal static class Reference
{
    /// <summary>Result of a forward and backward pass: the loss and, layer by layer, ∂L/∂W and ∂L/∂b.</summary>
    public sealed record Pass(double Loss, Matrix<double>[] Weights, Vector<double>[] Biases, Matrix<double> Inputs);

    /// <summary>a⁽ˡ⁾ = σ(W⁽ˡ⁾a⁽ˡ⁻¹⁾ + b⁽ˡ⁾) for all layers.</summary>
    public static Matrix<double> Predict(Network<double> network, Matrix<double> inputs) =>
        network.Layers.Cast<Dense<double>>()
            .Aggregate(inputs, (a, layer) => Activate(layer.Activation!, PreActivation(layer, a)));

    /// <summary>Backpropagation of the mean squared error, or of softmax cross-entropy on logits.</summary>
    public static Pass Backpropagate(
        Network<double> network, Matrix<double> inputs, Matrix<double> targets, bool crossEntropy)
    {
        Dense<double>[] layers = network.Layers.Cast<Dense<double>>().ToArray();
        int batch = inputs.ColumnCount;
        var z = new Matrix<double>[layers.Length];
        var a = new Matrix<double>[layers.Length + 1];
        a[0] = inputs;
        for (int l = 0; l < layers.Length; l++)
        {
            z[l] = PreActivation(layers[l], a[l]);
            a[l + 1] = Activate(layers[l].Activation!, z[l]);
        }

        Matrix<double> output = a[^1];
        double loss;
        Matrix<double> da;
        if (crossEntropy)
        {
            Matrix<double> softmax = Activate(new Softmax(), output);
            loss = -targets.PointwiseMultiply(softmax.PointwiseLog()).ColumnSums().Sum() / batch;
            da = (softmax - targets) / batch;
        }
        else
        {
            Matrix<double> error = output - targets;
            loss = error.PointwisePower(2).ColumnSums().Sum() / (output.RowCount * batch);
            da = 2 * error / (output.RowCount * batch);
        }

        var dW = new Matrix<double>[layers.Length];
        var db = new Vector<double>[layers.Length];
        for (int l = layers.Length - 1; l >= 0; l--)
        {
            Matrix<double> delta = Delta(layers[l].Activation!, z[l], da);
            dW[l] = delta * a[l].Transpose();
            db[l] = delta.RowSums();
            da = layers[l].Weights.Value.Transpose() * delta;
        }

        return new Pass(loss, dW, db, da);
    }

    private static Matrix<double> PreActivation(Dense<double> layer, Matrix<double> a) =>
        (layer.Weights.Value * a)
        + (layer.Biases!.Vector.ToColumnMatrix() * Matrix<double>.Build.Dense(1, a.ColumnCount, 1.0));

    private static Matrix<double> Activate(IActivation activation, Matrix<double> z) => activation switch
    {
        Identity => z,
        ReLU => z.Map(x => Math.Max(0, x)),
        LeakyReLU leaky => z.Map(x => x > 0 ? x : leaky.Slope * x),
        Sigmoid => z.Map(x => 1 / (1 + Math.Exp(-x))),
        Tanh => z.PointwiseTanh(),
        Softmax => z.PointwiseExp().NormalizeColumns(1),
        _ => throw new ArgumentException($"The reference does not know {activation}."),
    };

    private static Matrix<double> Delta(IActivation activation, Matrix<double> z, Matrix<double> da)
    {
        Matrix<double> a = Activate(activation, z);
        return activation switch
        {
            Identity => da,
            ReLU => da.PointwiseMultiply(z.Map(x => x > 0 ? 1.0 : 0)),
            LeakyReLU leaky => da.PointwiseMultiply(z.Map(x => x > 0 ? 1.0 : leaky.Slope)),
            Sigmoid => da.PointwiseMultiply(a.Map(y => y * (1 - y))),
            Tanh => da.PointwiseMultiply(a.Map(y => 1 - (y * y))),
            Softmax => Matrix<double>.Build.DenseOfColumnVectors(Enumerable.Range(0, z.ColumnCount).Select(j =>
                (Matrix<double>.Build.DenseOfDiagonalVector(a.Column(j)) - a.Column(j).OuterProduct(a.Column(j)))
                * da.Column(j))),
            _ => throw new ArgumentException($"The reference does not know {activation}."),
        };
    }
}
