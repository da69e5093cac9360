using FsCheck;
using FsCheck.Fluent;
using NeuralNet.Activations;

namespace NeuralNet.Tests.Activations;

/// <summary>Properties that hold for all inputs, tested on many random ones, the same in every run.</summary>
public sealed class ActivationPropertyTests
{
    private static readonly Config _config = Config.QuickThrowOnFailure.WithReplay(20240229, 1);

    private static readonly Gen<double> _number = Gen.Choose(-1_000_000, 1_000_000).Select(i => i / 5e4);

    private static readonly Arbitrary<double[]> _sample =
        Gen.Choose(1, 40).SelectMany(length => _number.ArrayOf(length)).ToArbitrary();

    public static TheoryData<IActivation> All { get; } = new(Catalogue.Activations);

    public static TheoryData<IActivation> Monotone { get; } = new(Catalogue.Monotone);

    [Fact]
    public void The_probabilities_of_softmax_sum_to_1() =>
        Prop.ForAll(_sample, z => Math.Abs(Apply.Forward(new Softmax(), z).Sum() - 1) < 1e-14).Check(_config);

    [Fact]
    public void Log_softmax_is_the_logarithm_of_softmax() =>
        Prop.ForAll(
            _sample,
            z => Apply.Forward(new LogSoftmax(), z).Zip(Apply.Forward(new Softmax(), z))
                .All(pair => Math.Abs(pair.First - Math.Log(pair.Second)) < 1e-13)).Check(_config);

    [Fact]
    public void A_constant_added_to_all_logits_changes_nothing() =>
        Prop.ForAll(
            _sample,
            _number.ToArbitrary(),
            (z, shift) => new IActivation[] { new Softmax(), new LogSoftmax() }.All(activation =>
                AreClose(
                    Apply.Forward(activation, z),
                    Apply.Forward(activation, Array.ConvertAll(z, x => x + shift)),
                    1e-13)))
            .Check(_config);

    [Theory]
    [MemberData(nameof(All))]
    public void The_backward_pass_is_linear_in_the_output_gradient(IActivation activation) =>
        Prop.ForAll(
            Gen.Choose(1, 40).SelectMany(length => _number.ArrayOf(3 * length)).ToArbitrary(),
            _number.ToArbitrary(),
            (numbers, factor) =>
            {
                int length = numbers.Length / 3;
                double[] z = numbers[..length];
                double[] g = numbers[length..(2 * length)];
                double[] h = numbers[(2 * length)..];
                double[] together = Apply.Backward(activation, z, Sum(g, h, factor));
                double[] apart = Sum(Apply.Backward(activation, z, g), Apply.Backward(activation, z, h), factor);
                double scale = 40 * (1 + Math.Abs(factor)) * 20;
                return AreClose(together, apart, 1e-15 * scale);
            }).Check(_config);

    [Theory]
    [MemberData(nameof(Monotone))]
    public void A_monotone_activation_never_falls(IActivation activation) =>
        Prop.ForAll(
            _sample,
            z =>
            {
                Array.Sort(z);
                double[] a = Apply.Forward(activation, z);
                return a.Zip(a.Skip(1)).All(pair => pair.Second >= pair.First - (4e-16 * Math.Abs(pair.First)))
                    && Apply.Derivative(activation, z).All(derivative => derivative >= 0);
            }).Check(_config);

    private static double[] Sum(double[] x, double[] y, double factor) =>
        x.Zip(y, (left, right) => left + (factor * right)).ToArray();

    private static bool AreClose(double[] x, double[] y, double tolerance) =>
        x.Zip(y).All(pair => Math.Abs(pair.First - pair.Second) <= tolerance);
}
