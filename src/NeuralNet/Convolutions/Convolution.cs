using NeuralNet.Activations;
using NeuralNet.Guards;
using NeuralNet.Initializers;
using NeuralNet.Kernels;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Regularization;

namespace NeuralNet.Convolutions;

/// <summary>
/// A convolution over images or sequences: at each place p of the output, z = W·patch(p) + b and a = σ(z), where
/// patch(p) holds the inputs under the kernel and all places share W and b.
/// </summary>
/// <remarks>
/// <para>
/// With filters f, kernel rows i and columns j, channels c, stride s, dilation d and padding q:
/// z[y, x, f] = b[f] + Σ W[f, i, j, c]·input[y·s + i·d − q, x·s + j·d − q, c], zero outside the input. It is the
/// cross-correlation that all libraries call convolution. The output has
/// ⌊(size + padding − ((kernel − 1)·d + 1))/s⌋ + 1 rows, columns by the same formula, and a channel per filter.
/// </para>
/// <para>
/// With δ = ∂L/∂z = ∂L/∂a ⊙ σ'(z): ∂L/∂W = Σ over places and samples of δ(p)·patch(p)ᵀ, ∂L/∂b = Σ δ(p), and ∂L/∂input
/// gathers Wᵀ·δ(p) over the patches that an input is in.
/// </para>
/// <para>
/// With g groups, the filters of a group see only the channels of that group; with as many groups as channels, it is a
/// depthwise convolution. W is filters × kernel height × kernel width × channels/g; PyTorch has the channels second,
/// Keras the filters last. LeCun et al., "Gradient-based learning applied to document recognition" (1998).
/// </para>
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Convolution<T> : Layer<T>
    where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
{
    private readonly IActivation _activation;
    private readonly ImageWindows _windows;
    private readonly ConvolutionGeometry _geometry;

    /// <summary>Makes the layer; its weights are drawn when the network is built.</summary>
    /// <param name="inputShape">
    /// Shape of the input: (height, width, channels) of images, (steps, features) of sequences.
    /// </param>
    /// <param name="filters">Number of filters: the channels of the output.</param>
    /// <param name="kernelSize">Rows and columns that a filter sees; of a sequence, the height is the steps.</param>
    /// <param name="stride">Distance from one place of the output to the next, in the input; 1 if null.</param>
    /// <param name="padding">Zeros around the input.</param>
    /// <param name="dilation">Distance from one element of the kernel to the next, in the input; 1 if null.</param>
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
    /// The input is neither an image nor a sequence, the kernel does not fit into it, the groups do not divide channels
    /// and filters, or there is an initializer for biases, but no biases.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A size is below 1, a padding below 0, or no array holds that many weights.
    /// </exception>
    public Convolution(
        FeatureShape inputShape,
        int filters,
        HeightWidth kernelSize,
        HeightWidth? stride = null,
        Padding padding = default,
        HeightWidth? dilation = null,
        int groups = 1,
        IActivation? activation = null,
        IInitializer? weightInitializer = null,
        IInitializer? biasInitializer = null,
        IPenalty? weightPenalty = null,
        IConstraint? weightConstraint = null,
        bool biases = true)
        : base(
            "convolution",
            inputShape,
            Windows(inputShape, kernelSize, stride, padding, dilation).Output(Require.AtLeast(filters, 1)),
            activation ?? new Identity())
    {
        ImageWindows.RequireGroups(inputShape.Channels, filters, groups);
        _activation = Activation!;
        _windows = Windows(inputShape, kernelSize, stride, padding, dilation);
        _geometry = new(_windows.Rows, _windows.Columns, inputShape.Channels, filters, groups);
        Weights = AddParameter(
            "weights",
            _windows.WeightShape(filters, _geometry.GroupChannels),
            weightInitializer ?? _activation.DefaultInitializer,
            fanIn: _geometry.PatchLength,
            fanOut: _windows.Size.Height * _windows.Size.Width * filters,
            weightPenalty,
            weightConstraint);
        Biases = AddBiases(biases, filters, biasInitializer);
    }

    /// <summary>
    /// W, filters × kernel height × kernel width × channels of a group; of a sequence without the width.
    /// </summary>
    public Parameter<T> Weights { get; }

    /// <summary>b, one element per filter; null where the layer has no biases.</summary>
    public Parameter<T>? Biases { get; }

    /// <summary>Number of filters: the channels of the output.</summary>
    public int Filters => _geometry.Filters;

    /// <summary>Rows and columns of the kernel; of a sequence, the height is the steps and the width 1.</summary>
    public HeightWidth KernelSize => _windows.Size;

    /// <summary>Distance from one place of the output to the next, in the input.</summary>
    public HeightWidth Stride => _windows.Stride;

    /// <summary>Zeros around the input, in numbers also where <see cref="Padding.Same"/> was asked for.</summary>
    public Padding Padding => _windows.Padding;

    /// <summary>Distance from one element of the kernel to the next, in the input.</summary>
    public HeightWidth Dilation => _windows.Dilation;

    /// <summary>Number of groups of channels and filters.</summary>
    public int Groups => _geometry.Groups;

    /// <summary>The sizes as the kernels have them.</summary>
    internal ConvolutionGeometry Geometry => _geometry;

    /// <inheritdoc/>
    public override void RequestMemory(MemoryRequest memory) => RememberPreActivation(memory);

    /// <inheritdoc/>
    public override void Forward(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output, ForwardContext<T> context)
    {
        // z shares the memory of a unless the backward pass wants to see it.
        MatrixSpan<T> z = KeepsPreActivation(context.HasBackward) ? context.Remembered(0) : output;

        ReadOnlySpan<T> biases = Biases is null ? [] : Biases.Values;
        ConvolutionProduct.Forward(_geometry, Weights.View, biases, input, z, context.Team);
        ActivationPass.Forward(_activation, z.ByChannel(OutputShape), output.ByChannel(OutputShape), context.Team);
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
            _geometry,
            delta,
            input,
            context.Gradient(Weights),
            Biases is null ? [] : context.Gradient(Biases).Values,
            context.Team);
        if (!inputGradient.IsEmpty)
        {
            ConvolutionProduct.InputGradient(_geometry, Weights.View, delta, inputGradient, context.Team);
        }
    }

    private static ImageWindows Windows(
        FeatureShape inputShape, HeightWidth kernelSize, HeightWidth? stride, Padding padding, HeightWidth? dilation) =>
        new(inputShape, kernelSize, stride ?? 1, dilation ?? 1, padding, nameof(kernelSize), "kernel");
}
