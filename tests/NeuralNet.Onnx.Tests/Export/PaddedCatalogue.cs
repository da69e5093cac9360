using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;

namespace NeuralNet.Onnx.Tests.Export;

/// <summary>
/// Networks of sequences of up to 5 steps with 2 features, with each layer that looks at their lengths.
/// </summary>
internal static class PaddedCatalogue
{
    public static IReadOnlyList<IExportCase> All { get; } = [.. Of<float>("float"), .. Of<double>("double")];

    /// <summary>Sequences of 1 to 5 steps by turns, the number in the last row, with any numbers as padding.</summary>
    public static Matrix<T> Sequences<T>(int samples)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Matrix<T> sequences = TestData.Uniform<T>(11, samples, seed: samples);
        sequences.SetRow(10, [.. Enumerable.Range(0, samples).Select(i => T.CreateChecked((i % 5) + 1))]);
        return sequences;
    }

    // What a step of padding would give, is large, infinite or NaN.
    private static IEnumerable<IExportCase> Of<T>(string type)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        (string Name, Func<NetworkBuilder<T>, NetworkBuilder<T>> Layers)[] networks =
        [
            ("per-step", b => b.PerStep(step => step.Dense(4, new Sigmoid()))),
            ("last-step", b => b.PerStep(step => step.Dense(4, new Sigmoid())).LastStep()),
            ("mean", b => b.Activation(new Exponential()).GlobalAveragePooling()),
            ("mean-of-steps", b => b.PerStep(step => step.Dense(4, new Sigmoid())).GlobalAveragePooling()),
            ("maximum", b => b.PerStep(step => step.Dense(4, new Softmax()).Activation(new Logarithm()))
                .GlobalMaxPooling()),
            ("maximum-of-reciprocals", b => b.Activation(new Exponential()).PerStep(step => step.Dense(2))
                .Activation(new AbsoluteValue()).Activation(new Logarithm()).GlobalMaxPooling()),
            ("attention", b => b.AttentionPooling()),
            ("attention-of-logarithms", b => b.Activation(new Exponential()).PerStep(step => step.Activation(
                new Tanh())).Activation(new Logarithm()).AttentionPooling()),
            ("attention-of-recurrence",
                b => b.Gru(4, returnSteps: true).PerStep(step => step.Dense(3)).AttentionPooling()),
            ("steps-of-steps", b => b.PerStep(step => step.Dense(8).Reshape(new FeatureShape(4, 2))
                .PerStep(inner => inner.Dense(3)).GlobalAveragePooling())),
            ("several", b => b.Branches(
                Merge.Concatenation,
                one => one.GlobalMaxPooling(),
                two => two.Residual(block => block.PerStep(step => step.Dense(2))).AttentionPooling(),
                three => three.Gru(2, returnSteps: true).LastStep())),
        ];
        return networks.Select(one => new ExportCase<T>(
            $"padded-{type}-{one.Name}",
            builder => builder.PaddedSequences(new FeatureShape(5, 2), one.Layers).Dense(2),
            11,
            inputs: Sequences<T>));
    }
}
