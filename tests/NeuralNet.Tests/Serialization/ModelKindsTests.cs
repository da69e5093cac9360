using System.Collections;
using System.Reflection;
using NeuralNet.Activations;
using NeuralNet.Kinds;
using NeuralNet.Layers;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Preprocessing;
using NeuralNet.Regularization;
using NeuralNet.Schedules;

namespace NeuralNet.Tests.Serialization;

public sealed class ModelKindsTests
{
    private static readonly ModelKinds<float> _kinds = new();

    private static readonly Type[] _roles =
    [
        typeof(IActivation), typeof(IPenalty), typeof(IConstraint), typeof(ILoss), typeof(IOptimizer),
        typeof(ILearningRateSchedule), typeof(IGradientClipping),
    ];

    /// <summary>What says something of a strategy but is no setting.</summary>
    private static readonly string[] _noSettings =
        ["Name", "Input", "BackwardReadsInput", "OutputKind", "DefaultInitializer", "SlotCount"];

    [Fact]
    public void Every_strategy_and_layer_of_the_library_is_registered_and_in_the_test_data()
    {
        Type[] types = typeof(Network<>).Assembly.GetTypes().Where(type => type.IsClass && !type.IsAbstract).ToArray();
        Type[] strategies = types.Where(type => _roles.Any(role => role.IsAssignableFrom(type))).ToArray();
        Type[] layers = types.Where(type => type.BaseType is { IsGenericType: true } super && super.GetGenericTypeDefinition() == typeof(Layer<>)).ToArray();
        layers.Length.Should().BeGreaterThan(5);
        Type[] transforms = types.Where(type => type.IsAssignableTo(typeof(IFeatureTransform))).ToArray();
        _kinds.Types.Should().BeEquivalentTo([.. strategies, .. transforms, .. layers.Select(layer => layer.MakeGenericType(typeof(float)))]);
        Strategies.All.Select(entry => entry.Strategy.GetType()).Distinct().Should().BeEquivalentTo(strategies);
    }

    [Theory]
    [MemberData(nameof(Strategies.Indices), MemberType = typeof(Strategies))]
    public void A_description_holds_every_setting_and_makes_the_same_again(int index)
    {
        (KindRole role, object strategy) = Strategies.All[index];
        string description = _kinds.Describe(strategy);
        object again = _kinds.Parse(role, description);
        again.Should().BeOfType(strategy.GetType()).And.NotBeSameAs(strategy);
        _kinds.Describe(again).Should().Be(description);
        foreach (PropertyInfo property in Settings(strategy))
        {
            string member = $"\"{char.ToLowerInvariant(property.Name[0])}{property.Name[1..]}\":";
            description.Contains(member, StringComparison.Ordinal).Should().Be(property.GetValue(strategy) is not null, member);
            RequireSame(property, property.GetValue(strategy), property.GetValue(again));
        }
    }

    [Fact]
    public void Descriptions_differ_exactly_where_settings_do()
    {
        _kinds.Describe(new Adam()).Should().Be(
            """Adam {"learningRate":0.001,"beta1":0.9,"beta2":0.999,"epsilon":1E-08,"amsGrad":false,"l2Penalty":0}""");
        string[] all = Strategies.All.Select(entry => $"{entry.Role} {_kinds.Describe(entry.Strategy)}").ToArray();
        all.Should().OnlyHaveUniqueItems();
        new ModelKinds<double>().Describe(new Sgd(0.1)).Should().Be(_kinds.Describe(new Sgd(0.1)));
    }

    [Fact]
    public void What_is_not_registered_is_described_by_its_type_and_nothing_by_none()
    {
        _kinds.Describe(null).Should().Be("none");
        _kinds.Describe(new Cubic()).Should().Be("NeuralNet.Tests.Cubic");
        _kinds.Describe(new Dense<float>(1, 2, new Cubic())).Should().Be("""dense {"outputSize":2,"activation":{"kind":"NeuralNet.Tests.Cubic"}}""");
        _kinds.Describe(new Residual<float>(new Dense<float>(2, 2, new ReLU()))).Should().Be(
            """residual {"layers":[{"kind":"dense","outputSize":2,"activation":{"kind":"ReLU"}}]}""");
    }

    [Fact]
    public void A_kind_is_registered_once()
    {
        _kinds.Invoking(k => k.WithActivation("ReLU", (Cubic a, SettingsWriter<float> s) => { }, s => new Cubic()))
            .Should().Throw<ArgumentException>().WithMessage("*activation of the kind 'ReLU' already*");
        _kinds.Invoking(k => k.WithActivation("relu", (ReLU a, SettingsWriter<float> s) => { }, s => new ReLU()))
            .Should().Throw<ArgumentException>().WithMessage("*ReLU is registered already, as 'ReLU'*");
        _kinds.Invoking(k => k.WithActivation<Cubic>("", (a, s) => { }, s => new())).Should().Throw<ArgumentException>();
        ModelKinds<float> more = _kinds.WithActivation("cubic", (Cubic a, SettingsWriter<float> s) => { }, s => new Cubic());
        more.Describe(new Cubic()).Should().Be("cubic {}");
        _kinds.Describe(new Cubic()).Should().Be("NeuralNet.Tests.Cubic");
    }

    [Fact]
    public void Every_role_takes_kinds_of_your_own()
    {
        ModelKinds<double> kinds = new ModelKinds<double>()
            .WithPenalty("p", (Own p, SettingsWriter<double> s) => s.Text("text", "\u00e4\"\\").Numbers("n", [0.1, double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0]), s => Own.Read(s))
            .WithConstraint("c", (Own c, SettingsWriter<double> s) => { }, s => new Own())
            .WithLoss("l", (Own c, SettingsWriter<double> s) => { }, s => new Own())
            .WithOptimizer("o", (Own c, SettingsWriter<double> s) => { }, s => new Own())
            .WithSchedule("s", (Own c, SettingsWriter<double> s) => { }, s => new Own())
            .WithClipping("g", (Own c, SettingsWriter<double> s) => { }, s => new Own());
        var own = (Own)kinds.Parse(KindRole.Penalty, kinds.Describe(new Own()));
        own.Text.Should().Be("\u00e4\"\\");
        own.Numbers.Select(BitConverter.DoubleToInt64Bits).Should().Equal(
            new[] { 0.1, double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0 }.Select(BitConverter.DoubleToInt64Bits));
        kinds.Parse(KindRole.Clipping, "g {}").Should().BeOfType<Own>();
        kinds.Parse(KindRole.Schedule, "s {}").Should().BeOfType<Own>();
        kinds.Parse(KindRole.Optimizer, "o {}").Should().BeOfType<Own>();
        kinds.Parse(KindRole.Loss, "l {}").Should().BeOfType<Own>();
        kinds.Parse(KindRole.Constraint, "c {}").Should().BeOfType<Own>();
    }

    [Theory]
    [InlineData("Huber {}", "*loss has no member 'delta'*")]
    [InlineData("Huber {\"delta\":0}", "*loss cannot be made: delta must be a finite number above 0, but it is 0.*")]
    [InlineData("Huber {\"delta\":1e999}", "*expected a number as 'delta' of loss, but found 1e999*")]
    [InlineData("Huber {\"delta\":\"1\"}", "*expected a number as 'delta' of loss, but found \"1\"*")]
    [InlineData("Huber {\"delta\":1,\"more\":1}", "*loss has a member 'more', which this version of the library does not know*")]
    [InlineData("Huber {\"delta\":1,\"delta\":1}", "*no JSON*")]
    [InlineData("Huber []", "*expected an object as loss, but found []*")]
    [InlineData("Huber", "*no JSON*")]
    [InlineData("Hubert {}", "*loss is a loss of the kind 'Hubert', which is not registered*new ModelKinds<float>().WithLoss(\"Hubert\", …)*")]
    [InlineData("NegativeLogLikelihood {\"classWeights\":1}", "*expected a list as 'classWeights' of loss, but found 1*")]
    public void A_wrong_description_is_refused(string description, string message) =>
        _kinds.Invoking(k => k.Parse(KindRole.Loss, description)).Should().Throw<InvalidDataException>().WithMessage(message);

    private static IEnumerable<PropertyInfo> Settings(object strategy) => strategy.GetType()
        .GetProperties().Where(property => !_noSettings.Contains(property.Name));

    private static void RequireSame(PropertyInfo property, object? before, object? after)
    {
        if (before is ILearningRateSchedule)
        {
            _kinds.Describe(after).Should().Be(_kinds.Describe(before));
        }
        else if (before is IEnumerable list)
        {
            ((IEnumerable)after!).Cast<object>().Should().Equal(list.Cast<object>(), property.Name);
        }
        else
        {
            after.Should().Be(before, property.Name);
        }
    }
}
