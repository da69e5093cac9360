using NeuralNet.Calibrations;
using NeuralNet.Data;
using NeuralNet.Kinds;
using NeuralNet.Layers;
using NeuralNet.Losses;
using NeuralNet.Optimizers;
using NeuralNet.Regularization;
using NeuralNet.Schedules;
using NeuralNet.Tests.Activations;
using NeuralNet.Tests.Losses;
using NeuralNet.Tests.Optimizers;

namespace NeuralNet.Tests.Serialization;

/// <summary>Every strategy of the library that has a kind, with settings other than the defaults, by role.</summary>
internal static class Strategies
{
    public static IReadOnlyList<(KindRole Role, object Strategy)> All { get; } =
    [
        .. Catalogue.All.Select(activation => (KindRole.Activation, (object)activation)),
        .. LossCatalogue.All(5).Select(entry => (KindRole.Loss, (object)entry.Loss)),
        (KindRole.Loss, new Poisson(epsilon: 1e-3)),
        .. OptimizerCatalogue.All.Values.Select(optimizer => (KindRole.Optimizer, (object)optimizer)),
        (KindRole.Penalty, new L1Penalty(0.125)),
        (KindRole.Penalty, new L2Penalty(1.0 / 3)),
        (KindRole.Penalty, new ElasticNetPenalty(1e-300, 0.2)),
        (KindRole.Constraint, new MaxNorm(0.1)),
        (KindRole.Constraint, new UnitNorm()),
        (KindRole.Constraint, new NonNegative()),
        (KindRole.Schedule, new ConstantRate(0.3)),
        (KindRole.Schedule, new CosineDecay(0.05)),
        (KindRole.Schedule, new CosineWarmRestarts(1L << 40, 3, 0.02)),
        (KindRole.Schedule, new ExponentialDecay(0.7)),
        (KindRole.Schedule, new InverseSquareRootDecay(1L << 35)),
        (KindRole.Schedule, new InverseTimeDecay(0.3, 7, staircase: true)),
        (KindRole.Schedule, new LinearWarmup(11, new LinearWarmup(3, new OneCycle(0.2, 7, 99), 0.25), 0.125)),
        (KindRole.Schedule, new LinearWarmup(5)),
        (KindRole.Schedule, new MultiStepDecay([3, 1L << 33], 0.2)),
        (KindRole.Schedule, new OneCycle(0.4, 10, 1000)),
        (KindRole.Schedule, new PiecewiseConstant([4, 1L << 34], [1, 0.5, 2])),
        (KindRole.Schedule, new PolynomialDecay(2, 0.1, 77)),
        (KindRole.Schedule, new PolynomialDecay()),
        (
            KindRole.Schedule,
            new SequentialSchedule(
                [new LinearWarmup(3), new SequentialSchedule([new OneCycle(), new ConstantRate(0.1)], [5])], [8])),
        (KindRole.Schedule, new StepDecay(9, 0.5)),
        (KindRole.Clipping, new ClipByGlobalNorm(0.7)),
        (KindRole.Clipping, new ClipByNorm(0.8)),
        (KindRole.Clipping, new ClipByValue(0.9)),
        (KindRole.Calibration, new TemperatureScaling(1.0 / 3)),
        (KindRole.Calibration, new PlattScaling(0.7, -0.1)),
        (KindRole.Calibration, new IsotonicCalibration([-1, 1.0 / 3], [0.1, 0.9])),
        (KindRole.Calibration, new PerLabelCalibration([new TemperatureScaling(2), new PlattScaling(1, 0.3)])),
        (KindRole.Calibration, new OneVersusRestCalibration([new PlattScaling(1, 0.2), new PlattScaling(3, 4)])),
        (KindRole.Merge, Merge.Sum),
        (KindRole.Merge, Merge.Concatenation),
        (KindRole.Merge, Merge.Product),
        (KindRole.Merge, Merge.Average),
        (KindRole.Merge, Merge.Maximum),
        (KindRole.Augmentation, new ImageAugmentation(7, 5)),
        (
            KindRole.Augmentation,
            new ImageAugmentation(28, 30)
            {
                MaxShift = 1.5, MaxRotation = 10, MaxScaling = 0.1, ElasticStrength = 34, ElasticSmoothness = 4.5,
                Background = -0.4,
            }),
        (KindRole.Augmentation, new ImageAugmentation(new(7, 5, 3)) { MaxShift = 1 }),
        (KindRole.Augmentation, new RandomFlip(new(7, 5, 3)) { Horizontal = 0.25, Vertical = 1 }),
        (KindRole.Augmentation, new RandomCrop(new(7, 5, 3), padding: 2) { Background = 0.5 }),
        (KindRole.Augmentation, new Cutout(new(7, 5, 3), size: 3) { Background = -1 }),
        (KindRole.Augmentation, new Mixup(0.3)),
        (
            KindRole.Augmentation,
            new ColorJitter(new(7, 5, 3))
            {
                Contrast = 0.2, Saturation = 0.3,
                Scaling = new(new(7, 5, 3), [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]),
            }),
        (
            KindRole.Augmentation,
            new AugmentationSequence(new ColorJitter(new(7, 5, 1)) { Brightness = 0.1 }, new Mixup(1))),
    ];

    public static TheoryData<int> Indices { get; } = new(Enumerable.Range(0, All.Count));
}
