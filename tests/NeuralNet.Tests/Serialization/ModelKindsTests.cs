using System.Collections;
using System.Reflection;
using NeuralNet.Activations;
using NeuralNet.Data;
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
    private static readonly ModelKinds _kinds = new();

    private static readonly Type[] _roles =
    [
        typeof(IActivation), typeof(IPenalty), typeof(IConstraint), typeof(ILoss), typeof(IOptimizer),
        typeof(ILearningRateSchedule), typeof(IGradientClipping), typeof(IAugmentation), typeof(Merge),
    ];

    /// <summary>What says something of a strategy but is no setting.</summary>
    private static readonly string[] _noSettings =
    [
        "Name", "Input", "Meaning", "ReadsTargets", "BackwardReadsInput", "OutputKind", "DefaultInitializer",
        "SlotCount", "SkipsZeroGradients",
    ];

    [Fact]
    public void Every_strategy_and_layer_of_the_library_is_registered_and_in_the_test_data()
    {
        Type[] types = typeof(Network<>).Assembly.GetTypes().Where(type => type.IsClass && !type.IsAbstract).ToArray();
        Type[] strategies = types.Where(type => _roles.Any(role => role.IsAssignableFrom(type))).ToArray();
        IReadOnlyList<Type> layers = EveryLayer.Kinds;
        layers.Count.Should().BeGreaterThan(5);
        Type[] transforms = types.Where(type => type.IsAssignableTo(typeof(IFeatureTransform))).ToArray();
        _kinds.StrategyTypes.Should().BeEquivalentTo([.. strategies, .. transforms]);
        BuiltInLayers<float>.Kinds.All.Select(kind => kind.Type)
            .Should().BeEquivalentTo(layers.Select(layer => layer.MakeGenericType(typeof(float))));
        BuiltInLayers<double>.Kinds.All.Select(kind => kind.Type)
            .Should().BeEquivalentTo(layers.Select(layer => layer.MakeGenericType(typeof(double))));
        Strategies.All.Select(entry => entry.Strategy.GetType()).Distinct().Should().BeEquivalentTo(strategies);
    }

    [Theory]
    [MemberData(nameof(Strategies.Indices), MemberType = typeof(Strategies))]
    public void A_description_holds_every_setting_and_makes_the_same_again(int index)
    {
        (KindRole role, object strategy) = Strategies.All[index];
        string description = _kinds.Describe(strategy);
        object again = _kinds.Parse(role, description);
        again.Should().BeOfType(strategy.GetType());
        if (role != KindRole.Merge)
        {
            again.Should().NotBeSameAs(strategy);
        }

        _kinds.Describe(again).Should().Be(description);
        foreach (PropertyInfo property in Settings(strategy))
        {
            string member = $"\"{char.ToLowerInvariant(property.Name[0])}{property.Name[1..]}\":";
            description.Contains(member, StringComparison.Ordinal)
                .Should().Be(property.GetValue(strategy) is not null && !IsLeftOut(strategy, property), member);
            RequireSame(property, property.GetValue(strategy), property.GetValue(again));
        }
    }

    [Fact]
    public void An_image_augmentation_from_before_there_were_colors_is_of_grey_images()
    {
        string today = _kinds.Describe(new ImageAugmentation(7, 5) { MaxShift = 1 });
        string before = today.Replace("\"channels\":1,", "", StringComparison.Ordinal);
        before.Should().NotBe(today);
        _kinds.Describe(_kinds.Parse(KindRole.Augmentation, before)).Should().Be(today);
    }

    [Fact]
    public void Descriptions_differ_exactly_where_settings_do()
    {
        _kinds.Describe(new Adam()).Should().Be(
            """Adam {"learningRate":0.001,"beta1":0.9,"beta2":0.999,"epsilon":1E-08,"amsGrad":false,"l2Penalty":0}""");
        string[] all = Strategies.All.Select(entry => $"{entry.Role} {_kinds.Describe(entry.Strategy)}").ToArray();
        all.Should().OnlyHaveUniqueItems();
        new ModelKinds().Describe(new Sgd(0.1)).Should().Be(_kinds.Describe(new Sgd(0.1)));
    }

    [Fact]
    public void What_is_not_registered_is_refused_by_name_and_nothing_is_described_by_none()
    {
        _kinds.Describe(null).Should().Be("none");
        _kinds.Describe(new Residual<float>(new Dense<float>(2, 2, new ReLU()))).Should().Be(
            """residual {"layers":[{"kind":"dense","outputSize":2,"activation":{"kind":"ReLU"}}]}""");
        _kinds.Invoking(k => k.Describe(new Cubic())).Should().Throw<InvalidOperationException>()
            .WithMessage("NeuralNet.Tests.Cubic cannot be described, as it is not registered*");
        _kinds.Invoking(k => k.Describe(new Dense<float>(1, 2, new Cubic())))
            .Should().Throw<InvalidOperationException>()
            .WithMessage(
                "The activation NeuralNet.Tests.Cubic cannot be described, as it is not registered: register it, new "
                + "ModelKinds().WithActivation(\"Cubic\", …), and describe it with these kinds.");
    }

    [Fact]
    public void A_kind_is_registered_once()
    {
        _kinds.Invoking(k => k.WithActivation<Cubic>("ReLU", s => new()))
            .Should().Throw<ArgumentException>().WithMessage("*activation of the kind 'ReLU' already*");
        _kinds.Invoking(k => k.WithActivation<ReLU>("relu", s => new()))
            .Should().Throw<ArgumentException>().WithMessage("*ReLU is registered already, as 'ReLU'*");
        _kinds.Invoking(k => k.WithActivation<Cubic>("", s => new())).Should().Throw<ArgumentException>();
        _kinds.Invoking(k => k.WithLayer<float, Gain<float>>("dense", s => () => null!))
            .Should().Throw<ArgumentException>().WithMessage("*layer of the kind 'dense' already*");
        ModelKinds more = _kinds.WithActivation<Cubic>("cubic", s => new());
        more.Describe(new Cubic()).Should().Be("cubic {}");
        _kinds.Invoking(k => k.Describe(new Cubic())).Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public void A_layer_is_registered_for_each_precision()
    {
        ModelKinds kinds = _kinds
            .WithLayer<float, Gain<float>>("gain", Describe)
            .WithLayer<double, Gain<double>>("gain", Describe);
        kinds.Describe(new Gain<float>(0.5, new Dense<float>(1, 1)))
            .Should().StartWith("""gain {"factor":0.5,"inner":[""");
        kinds.Describe(new Gain<double>(0.5, new Dense<double>(1, 1)))
            .Should().StartWith("""gain {"factor":0.5,"inner":[""");
        kinds.Invoking(k => k.WithLayer<double, Gain<double>>("gain", Describe)).Should().Throw<ArgumentException>();

        static Func<Gain<T>> Describe<T>(LayerSettings<T, Gain<T>> s)
            where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
        {
            double factor = s.Number("factor", layer => layer.Factor);
            IReadOnlyList<Layer<T>> inner = s.Layers("inner", layer => layer.Children);
            return () => new(factor, inner.Single());
        }
    }

    [Fact]
    public void Every_role_takes_kinds_of_your_own()
    {
        ModelKinds kinds = new ModelKinds()
            .WithPenalty<Own>("p", Own.Describe)
            .WithConstraint<Own>("c", s => new())
            .WithLoss<Own>("l", s => new())
            .WithOptimizer<Own>("o", s => new())
            .WithSchedule<Own>("s", s => new())
            .WithClipping<Own>("g", s => new())
            .WithAugmentation<Own>("a", s => new());
        double[] numbers = [0.1, double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0];
        var own = (Own)kinds.Parse(KindRole.Penalty, kinds.Describe(new Own("\u00e4\"\\", numbers)));
        own.Text.Should().Be("\u00e4\"\\");
        own.Numbers.Select(BitConverter.DoubleToInt64Bits)
            .Should().Equal(numbers.Select(BitConverter.DoubleToInt64Bits));
        kinds.Parse(KindRole.Augmentation, "a {}").Should().BeOfType<Own>();
        kinds.Parse(KindRole.Clipping, "g {}").Should().BeOfType<Own>();
        kinds.Parse(KindRole.Schedule, "s {}").Should().BeOfType<Own>();
        kinds.Parse(KindRole.Optimizer, "o {}").Should().BeOfType<Own>();
        kinds.Parse(KindRole.Loss, "l {}").Should().BeOfType<Own>();
        kinds.Parse(KindRole.Constraint, "c {}").Should().BeOfType<Own>();
    }

    [Fact]
    public void Settings_of_every_type_come_back()
    {
        ModelKinds kinds = new ModelKinds().WithTransform<Composite>("composite", Composite.Describe)
            .WithActivation<Cubic>("cubic", s => new());
        foreach (Composite composite in new[] { Composite.Full(), Composite.Empty() })
        {
            string description = kinds.Describe(composite);
            var again = (Composite)kinds.Parse(KindRole.Transform, description);
            kinds.Describe(again).Should().Be(description);
            again.Settings.Select(setting => setting is null)
                .Should().Equal(composite.Settings.Select(setting => setting is null));
        }

        kinds.Describe(Composite.Full()).Should().Be(Composite.FullText);
        kinds.Describe(Composite.Empty()).Should().Be(Composite.EmptyText);
    }

    [Fact]
    public void A_setting_that_is_null_is_refused_unless_it_is_optional() =>
        new ModelKinds().WithPenalty<Own>("p", s => new(s.Text("text", own => null!), []))
            .Invoking(k => k.Describe(new Own()))
            .Should().Throw<InvalidOperationException>()
            .WithMessage(
                "The setting 'text' of NeuralNet.Tests.Serialization.Own is null, but is not optional*Optional.");

    [Theory]
    [InlineData("Huber {}", "*loss has no member 'delta'*")]
    [InlineData("Huber {\"delta\":0}", "*loss cannot be made: delta must be a finite number above 0, but it is 0.*")]
    [InlineData("Huber {\"delta\":1e999}", "*expected a number as 'delta' of loss, but found 1e999*")]
    [InlineData("Huber {\"delta\":\"1\"}", "*expected a number as 'delta' of loss, but found \"1\"*")]
    [InlineData(
        "Huber {\"delta\":1,\"more\":1}",
        "*loss has a member 'more', which this version of the library does not know*")]
    [InlineData("Huber {\"delta\":1,\"delta\":1}", "*no JSON*")]
    [InlineData("Huber []", "*expected an object as loss, but found []*")]
    [InlineData("Huber", "*no JSON*")]
    [InlineData(
        "Hubert {}",
        "*loss is a loss of the kind 'Hubert', which is not registered*new ModelKinds().WithLoss(\"Hubert\", …)*")]
    [InlineData(
        "NegativeLogLikelihood {\"classWeights\":1}", "*expected a list as 'classWeights' of loss, but found 1*")]
    public void A_wrong_description_is_refused(string description, string message) =>
        _kinds.Invoking(k => k.Parse(KindRole.Loss, description))
            .Should().Throw<InvalidDataException>().WithMessage(message);

    // Settings that came later are written where they are not what they were before, so that files stay the same.
    private static bool IsLeftOut(object strategy, PropertyInfo property) => property.Name == "LabelSmoothing"
        && strategy is BinaryCrossEntropy { LabelSmoothing: 0 } or SigmoidCrossEntropy { LabelSmoothing: 0 };

    private static IEnumerable<PropertyInfo> Settings(object strategy) => strategy.GetType()
        .GetProperties().Where(property => !_noSettings.Contains(property.Name));

    private static void RequireSame(PropertyInfo property, object? before, object? after)
    {
        if (before is ILearningRateSchedule or IFeatureTransform or ILoss)
        {
            _kinds.Describe(after).Should().Be(_kinds.Describe(before));
        }
        else if (before is IEnumerable<IAugmentation> steps)
        {
            ((IEnumerable<IAugmentation>)after!).Select(_kinds.Describe)
                .Should().Equal(steps.Select(_kinds.Describe));
        }
        else if (before is IEnumerable<OutputLoss> losses)
        {
            ((IEnumerable<OutputLoss>)after!).Select(one => (one.Output, _kinds.Describe(one.Loss), one.Weight))
                .Should().Equal(losses.Select(one => (one.Output, _kinds.Describe(one.Loss), one.Weight)));
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
