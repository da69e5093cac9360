using System.Numerics;
using System.Text.Json;
using NeuralNet.Activations;
using NeuralNet.Tests.Parity;

namespace NeuralNet.Tests.Activations;

/// <summary>Values and gradients compared with PyTorch's, and float with double.</summary>
public sealed class ActivationParityTests
{
    private static readonly References _references = ReferenceFile.Read<References>("activations");

    public static TheoryData<string> Cases { get; } = new(_references.Elementwise.Select(Title));

    public static TheoryData<int> Columns { get; } = new(Enumerable.Range(0, _references.Columnwise.Length));

    [Fact]
    public void Every_activation_has_reference_values() =>
        _references.Elementwise.Select(Title).Should().BeEquivalentTo(Catalogue.Elementwise.Select(Title));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Values_and_derivatives_are_those_of_PyTorch(string title)
    {
        ElementwiseCase reference = Array.Find(_references.Elementwise, candidate => Title(candidate) == title)!;
        IActivation activation = Find(title);
        // GELU's approximation is e^−700 and less at the left end, where the exponent's own rounding shows.
        double relative = activation is GELU { TanhApproximation: true } ? 1e-12 : 1e-14;
        AssertClose(Apply.Forward(activation, reference.Z), reference.A, reference.Z, relative, 0);

        // σ' computed from a, which is rounded, has an error of two units in the last place of 1: the cost of not
        // keeping z. Where σ' changes sign, sums cancel.
        double absolute = activation switch
        {
            Sigmoid or Tanh => 4.5e-16,
            GELU or SiLU or Mish => 1e-15,
            _ => 0,
        };
        AssertClose(Apply.Derivative(activation, reference.Z), reference.Gradient, reference.Z, relative, absolute);
    }

    [Theory]
    [MemberData(nameof(Columns))]
    public void Softmax_and_log_softmax_are_those_of_PyTorch(int index)
    {
        ColumnwiseCase reference = _references.Columnwise[index];
        IActivation activation = Find(reference.Name);
        AssertClose(Apply.Forward(activation, reference.Z), reference.A, reference.Z, 1e-14, 0);
        AssertClose(
            Apply.Backward(activation, reference.Z, reference.OutputGradient),
            reference.Gradient,
            reference.Z,
            1e-14,
            4.5e-16);
    }

    /// <summary>
    /// In float, a value differs from that in double by at most 4 units of 2⁻²³ relatively. Where a result is e^−x and
    /// x is not z itself but was computed, x more units come of its rounding. A derivative computed from a rounded a,
    /// or one that changes sign, has an error of two units of 1.
    /// </summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Float_is_double_but_for_a_few_units_in_the_last_place(string title)
    {
        const double unit = 1.0 / (1 << 23);
        IActivation activation = Find(title);
        float[] z = Array.Find(_references.Elementwise, candidate => Title(candidate) == title)!.Z.Select(x => (float)x)
            .ToArray();
        double[] exactZ = Array.ConvertAll(z, x => (double)x);
        double[] values = Apply.Forward(activation, exactZ);
        double[] derivatives = Apply.Derivative(activation, exactZ);
        float[] a = Apply.Forward(activation, z);
        float[] d = Apply.Derivative(activation, z);
        for (int i = 0; i < z.Length; i++)
        {
            double exponent = activation is GELU { TanhApproximation: true } or Softplus or CELU
                ? -Math.Log(Math.Clamp(Math.Abs(values[i]), 1e-38, 1))
                : 0;
            AssertClose(a[i], values[i], z[i], (4 + exponent) * unit * Math.Abs(values[i]));
            AssertClose(
                d[i], derivatives[i], z[i], (4 + exponent) * unit * Math.Abs(derivatives[i])
                    + (activation is Sigmoid or Tanh or GELU or SiLU or Mish ? 2 * unit : 0));
        }
    }

    private static void AssertClose(double[] actual, double[] expected, double[] z, double relative, double absolute)
    {
        actual.Should().HaveSameCount(expected);
        for (int i = 0; i < actual.Length; i++)
        {
            AssertClose(actual[i], expected[i], z[i], (relative * Math.Abs(expected[i])) + absolute);
        }
    }

    // Below the least normal number, a relative error is not meaningful.
    private static void AssertClose<T>(T actual, double expected, double z, double tolerance)
        where T : INumber<T>, IMinMaxValue<T>
    {
        double value = double.CreateChecked(actual);
        double floor = typeof(T) == typeof(float) ? 1.2e-38 : 2.3e-308;
        bool close = double.IsInfinity(expected) ? value == expected : Math.Abs(value - expected) <= tolerance + floor;
        close.Should().BeTrue($"{value:R} at {z:R} should be {expected:R} ± {tolerance}");
    }

    private static IActivation Find(string title) =>
        Catalogue.Activations.Single(activation => Title(activation) == title);

    private static string Title(ElementwiseCase reference) =>
        string.Join(
            ' ',
            [reference.Name, .. reference.Options.Values.Select(option => option.GetRawText().ToLowerInvariant())]);

    private static string Title(IActivation activation) => activation switch
    {
        LeakyReLU leaky => FormattableString.Invariant($"LeakyReLU {leaky.Slope}"),
        ELU elu => FormattableString.Invariant($"ELU {elu.Alpha}"),
        CELU celu => FormattableString.Invariant($"CELU {celu.Alpha}"),
        GELU gelu => gelu.TanhApproximation ? "GELU true" : "GELU false",
        HardTanh hard => FormattableString.Invariant($"HardTanh {hard.Min} {hard.Max}"),
        HardShrink shrink => FormattableString.Invariant($"HardShrink {shrink.Threshold}"),
        SoftShrink shrink => FormattableString.Invariant($"SoftShrink {shrink.Threshold}"),
        Softplus softplus => FormattableString.Invariant($"Softplus {softplus.Beta}"),
        _ => activation.Name,
    };

    internal sealed record References(ElementwiseCase[] Elementwise, ColumnwiseCase[] Columnwise);

    internal sealed record ElementwiseCase(
        string Name, Dictionary<string, JsonElement> Options, double[] Z, double[] A, double[] Gradient);

    internal sealed record ColumnwiseCase(
        string Name, double[] Z, double[] OutputGradient, double[] A, double[] Gradient);
}
