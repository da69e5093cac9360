using NeuralNet.Activations;
using NeuralNet.Guards;
using NeuralNet.Initializers;
using NeuralNet.Kernels;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Regularization;

namespace NeuralNet.Convolutions;

/// <summary>
/// A transposed convolution over images or sequences, which makes them larger: each place p of the input adds
/// Wᵀ·input(p) to the patch of the output around p, z is the sum with b, and a = σ(z).
/// </summary>
/// <remarks>
/// <para>
/// With channels c, kernel rows i and columns j, filters f, stride s, dilation d and padding q:
/// z[y·s + i·d − q, x·s + j·d − q, f] = b[f] + Σ W[c, i, j, f]·input[y, x, c], summed over all that meet there. The
/// output has (size − 1)·s + (kernel − 1)·d + 1 − padding + output padding rows, columns by the same formula, and a
/// channel per filter. With <see cref="Padding.Same"/> it has size·s, as in Keras.
/// </para>
/// <para>
/// It is the gradient of a <see cref="Convolution{T}"/> from the output's shape to the input's, with the same W: what
/// is the forward pass here is the gradient of the input there, and the other way round. With δ = ∂L/∂z = ∂L/∂a ⊙ σ'(z)
/// and patches of δ: ∂L/∂input(p) = W·patch(p), ∂L/∂W = Σ over places and samples of input(p)·patch(p)ᵀ, ∂L/∂b = Σ δ.
/// </para>
/// <para>
/// With g groups, the channels of a group reach only the filters of that group. W is channels × kernel height × kernel
/// width × filters/g; PyTorch's <c>ConvTranspose2d</c> has the filters second, Keras's <c>Conv2DTranspose</c> the
/// channels last. Initial weights are scaled by the most inputs that an output sums up, ⌈kernel/s⌉ along each axis;
/// PyTorch and Keras scale by the kernel as if there were no stride, and exchange channels and filters. Zeiler,
/// Krishnan, Taylor and Fergus, "Deconvolutional networks" (2010).
/// </para>
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class TransposedConvolution<T> : Layer<T>
    where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
{
    private readonly IActivation _activation;

    // Of the convolution that this one is the transpose of: it goes from the output to the input.
    private readonly ImageWindows _windows;
    private readonly ConvolutionGeometry _geometry;

    /// <summary>Makes the layer; its weights are drawn when the network is built.</summary>
    /// <param name="inputShape">
    /// Shape of the input: (height, width, channels) of images, (steps, features) of sequences.
    /// </param>
    /// <param name="filters">Number of filters: the channels of the output.</param>
    /// <param name="kernelSize">
    /// Rows and columns of the output that a place of the input reaches; of a sequence, the height is the steps.
    /// </param>
    /// <param name="stride">Distance in the output from one place of the input to the next; 1 if null.</param>
    /// <param name="padding">Places at the sides of the output that are left out.</param>
    /// <param name="outputPadding">
    /// Rows and columns added at the end of the output, fewer than the stride; 0 if null.
    /// </param>
    /// <param name="dilation">Distance in the output from one element of the kernel to the next; 1 if null.</param>
    /// <param name="groups">g, a divisor of both the channels and the filters.</param>
    /// <param name="activation">σ; <see cref="Identity"/> if null.</param>
    /// <param name="weightInitializer">Initial weights; the activation's own default if null.</param>
    /// <param name="biasInitializer">Initial biases; 0 if null.</param>
    /// <param name="weightPenalty">
    /// The penalty that training adds to the loss to keep the weights small; none if null.
    /// </param>
    /// <param name="weightConstraint">
    /// The constraint that the weights are made to satisfy after every training step; none if null.
    /// </param>
    /// <param name="biases">Whether there are biases b.</param>
    /// <exception cref="ArgumentException">
    /// The input is neither an image nor a sequence, the padding leaves nothing of the output, the output padding is
    /// not below the stride or beside <see cref="Padding.Same"/>, the groups do not divide channels and filters, or
    /// there is an initializer for biases, but no biases.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A size is below 1, a padding below 0, or no array holds that many weights.
    /// </exception>
    public TransposedConvolution(
        FeatureShape inputShape,
        int filters,
        HeightWidth kernelSize,
        HeightWidth? stride = null,
        Padding padding = default,
        HeightWidth? outputPadding = null,
        HeightWidth? dilation = null,
        int groups = 1,
        IActivation? activation = null,
        IInitializer? weightInitializer = null,
        IInitializer? biasInitializer = null,
        IPenalty? weightPenalty = null,
        IConstraint? weightConstraint = null,
        bool biases = true)
        : base(
            "transposedConvolution",
            inputShape,
            ImageWindows.OfTransposedConvolution(inputShape, kernelSize, stride, padding, outputPadding, dilation)
                .Input.WithChannels(Require.AtLeast(filters, 1)),
            activation ?? new Identity())
    {
        ImageWindows.RequireGroups(inputShape.Channels, filters, groups);
        _activation = Activation!;
        _windows = ImageWindows.OfTransposedConvolution(
            inputShape, kernelSize, stride, padding, outputPadding, dilation);
        _geometry = new(_windows.Rows, _windows.Columns, filters, inputShape.Channels, groups);
        Weights = AddParameter(
            "weights",
            _windows.WeightShape(inputShape.Channels, _geometry.GroupChannels),
            weightInitializer ?? _activation.DefaultInitializer,
            fanIn: MostMeeting(_windows.Rows) * MostMeeting(_windows.Columns) * _geometry.GroupFilters,
            fanOut: _geometry.PatchLength,
            weightPenalty,
            weightConstraint);
        Biases = AddBiases(biases, filters, biasInitializer);
    }

    /// <summary>
    /// W, channels × kernel height × kernel width × filters of a group; of a sequence without the width.
    /// </summary>
    public Parameter<T> Weights { get; }

    /// <summary>b, one element per filter; null where the layer has no biases.</summary>
    public Parameter<T>? Biases { get; }

    /// <summary>Number of filters: the channels of the output.</summary>
    public int Filters => OutputShape.Channels;

    /// <summary>Rows and columns of the kernel; of a sequence, the height is the steps and the width 1.</summary>
    public HeightWidth KernelSize => _windows.Size;

    /// <summary>Distance in the output from one place of the input to the next.</summary>
    public HeightWidth Stride => _windows.Stride;

    /// <summary>
    /// Places at the sides of the output that are left out, in numbers also where <see cref="Padding.Same"/> was asked
    /// for.
    /// </summary>
    public Padding Padding => _windows.Padding;

    /// <summary>
    /// Rows and columns added at the end of the output, also where <see cref="Padding.Same"/> added them.
    /// </summary>
    public HeightWidth OutputPadding => new(_windows.Rows.BeyondWindows, _windows.Columns.BeyondWindows);

    /// <summary>Distance in the output from one element of the kernel to the next.</summary>
    public HeightWidth Dilation => _windows.Dilation;

    /// <summary>Number of groups of channels and filters.</summary>
    public int Groups => _geometry.Groups;

    /// <inheritdoc/>
    public override void RequestMemory(MemoryRequest memory) => RememberPreActivation(memory);

    /// <inheritdoc/>
    public override void Forward(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output, ForwardContext<T> context)
    {
        // z shares the memory of a unless the backward pass wants to see it.
        MatrixSpan<T> z = KeepsPreActivation(context.HasBackward) ? context.Remembered(0) : output;

        ReadOnlySpan<T> biases = Biases is null ? [] : Biases.Values;
        ConvolutionProduct.InputGradient(_geometry, Weights.View, input, z, context.Team);
        ActivationPass.Forward(
            _activation, biases, z.ByChannel(OutputShape), output.ByChannel(OutputShape), context.Team);
    }

    /// <inheritdoc/>
    public override void Backward(
        ReadOnlyMatrixSpan<T> input,
        ReadOnlyMatrixSpan<T> output,
        MatrixSpan<T> outputGradient,
        MatrixSpan<T> inputGradient,
        BackwardContext<T> context)
    {
        ReadOnlyMatrixSpan<T> z =
            _activation.BackwardReadsInput ? context.Remembered(0).ByChannel(OutputShape) : default;

        MatrixSpan<T> delta = outputGradient;
        MatrixSpan<T> byFilter = delta.ByChannel(OutputShape);
        ActivationPass.Backward(
            _activation, z, output.ByChannel(OutputShape), outputGradient: byFilter, byFilter, context.Team);

        ConvolutionProduct.ParameterGradients(
            _geometry, input, delta, context.Gradient(Weights), biasGradient: [], context.Team);
        if (Biases is not null)
        {
            Columns.Sum(byFilter, context.Gradient(Biases).Values, context.Team);
        }

        if (!inputGradient.IsEmpty)
        {
            ConvolutionProduct.Forward(_geometry, Weights.View, [], delta, inputGradient, context.Team);
        }
    }

    // The most windows that a place of the axis is in.
    private static int MostMeeting(in WindowAxis axis) => ((axis.Kernel - 1) / axis.Stride) + 1;
}
