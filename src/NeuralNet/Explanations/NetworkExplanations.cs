using MathNet.Numerics.LinearAlgebra;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;

namespace NeuralNet.Explanations;

/// <summary>Explanations of single predictions of a network: gradients and attributions of its inputs.</summary>
public static class NetworkExplanations
{
    /// <summary>
    /// The derivative of one output of a prediction by each input: how the output changes where the input does, such as
    /// the saliency of the pixels of an image.
    /// </summary>
    /// <remarks>
    /// It is that of <c>Predict</c>: dropout drops nothing, and batch normalization takes its running statistics. The
    /// derivative by the number of a category is 0. Of a network that ends in a softmax it is that of a probability,
    /// which hardly changes where the network is sure; take the logits to see what speaks for a class.
    /// </remarks>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="inputs">The features, a sample per column.</param>
    /// <param name="output">
    /// The index of the output, from 0, such as the number of a class; of one of several outputs,
    /// <c>network.Outputs["kind"].Start</c> and the index within it.
    /// </param>
    /// <param name="threads">
    /// Most threads that share the work, where it is large enough to pay; as many as there are processors if null. The
    /// result is the same to the bit.
    /// </param>
    /// <returns>∂output/∂input, inputs × batch.</returns>
    /// <example><code>
    /// Matrix&lt;float&gt; saliency = network.InputGradient(images, output: 7);    // what makes it a seven
    /// </code></example>
    /// <exception cref="ArgumentException">The number of features is another, or there are no samples.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// There is no such output, or <paramref name="threads"/> is below 1.
    /// </exception>
    /// <exception cref="InvalidOperationException">A derivative is not finite.</exception>
    public static Matrix<T> InputGradient<T>(
        this Network<T> network, ReadOnlyMatrixSpan<T> inputs, int output, int? threads = null)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        RequireSamples(network, inputs);
        Matrix<T> gradient = Matrix<T>.Build.Dense(inputs.Rows, inputs.Columns);
        new InputGradients<T>(network, output, threads ?? Environment.ProcessorCount).Compute(
            inputs, new MatrixSpan<T>(gradient.AsColumnMajorArray(), inputs.Rows, inputs.Columns));
        return gradient;
    }

    /// <inheritdoc cref="InputGradient{T}(Network{T}, ReadOnlyMatrixSpan{T}, int, int?)"/>
    public static Matrix<T> InputGradient<T>(
        this Network<T> network, Matrix<T> inputs, int output, int? threads = null)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> =>
        network.InputGradient((ReadOnlyMatrixSpan<T>)inputs, output, threads);

    /// <summary>
    /// Divides the difference between an output F at an input x and at a baseline x′ among the inputs:
    /// aᵢ = (xᵢ − x′ᵢ)·∫ ∂F/∂xᵢ(x′ + α·(x − x′)) dα for α from 0 to 1. Σ aᵢ = F(x) − F(x′).
    /// </summary>
    /// <remarks>
    /// The integral is taken by Gauss-Legendre quadrature: of smooth activations, 50 points mostly give all digits; of
    /// ReLU and its like, whose gradient jumps, the error falls with the number of points.
    /// <see cref="Attributions.Gap"/> is that error. Sundararajan, Taly and Yan, "Axiomatic attribution for deep
    /// networks" (2017), as in Captum.
    /// </remarks>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="inputs">The features, a sample per column.</param>
    /// <param name="output">The index of the output, from 0, such as the number of a class.</param>
    /// <param name="baseline">
    /// x′, an input that says nothing, such as a black image or the mean of the data; zeros if null.
    /// </param>
    /// <param name="options">The number of points, and the threads; the defaults if null.</param>
    /// <returns>The attributions, inputs × batch.</returns>
    /// <example><code>
    /// Attributions why = network.IntegratedGradients(images, output: 7);
    /// Console.WriteLine(why.Describe(sample: 0));
    /// </code></example>
    /// <exception cref="ArgumentException">
    /// The number of features is another, there are no samples, or baseline and input differ in the number of a
    /// category, between which there is no path.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such output.</exception>
    /// <exception cref="InvalidOperationException">A derivative is not finite.</exception>
    public static Attributions IntegratedGradients<T>(
        this Network<T> network,
        ReadOnlyMatrixSpan<T> inputs,
        int output,
        Vector<T>? baseline = null,
        IntegrationOptions? options = null)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        RequireSamples(network, inputs);
        T[] from = baseline?.ToArray() ?? new T[network.InputSize];
        network.RequireInputSize(from.Length, nameof(baseline));
        double[] values = GradientPath.Integrate(network, inputs, from, output, options ?? new());
        Matrix<T> results = network.Predict(inputs);
        return new(
            Matrix<double>.Build.Dense(inputs.Rows, inputs.Columns, values),
            feature => FormattableString.Invariant($"feature {feature}"),
            [.. results.Row(output).Select(double.CreateChecked)],
            double.CreateChecked(network.Predict(from.AsSpan())[output]));
    }

    /// <summary>
    /// Divides the difference between an output at an input and at a baseline among the inputs, as of a span of
    /// samples.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="inputs">The features, a sample per column.</param>
    /// <param name="output">The index of the output, from 0, such as the number of a class.</param>
    /// <param name="baseline">An input that says nothing; zeros if null.</param>
    /// <param name="options">The number of points, and the threads; the defaults if null.</param>
    /// <returns>The attributions, inputs × batch.</returns>
    /// <exception cref="ArgumentException">
    /// The number of features is another, there are no samples, or baseline and input differ in the number of a
    /// category, between which there is no path.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such output.</exception>
    /// <exception cref="InvalidOperationException">A derivative is not finite.</exception>
    public static Attributions IntegratedGradients<T>(
        this Network<T> network,
        Matrix<T> inputs,
        int output,
        Vector<T>? baseline = null,
        IntegrationOptions? options = null)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> =>
        network.IntegratedGradients((ReadOnlyMatrixSpan<T>)inputs, output, baseline, options);

    private static void RequireSamples<T>(Network<T> network, ReadOnlyMatrixSpan<T> inputs)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        network.RequireInputSize(inputs.Rows, nameof(inputs), inputs.Columns);
        if (inputs.Columns == 0)
        {
            throw new ArgumentException("There must be at least one sample, but there is none.", nameof(inputs));
        }
    }
}
