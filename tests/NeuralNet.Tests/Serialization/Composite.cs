using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Data;
using NeuralNet.Kinds;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Optimizers;
using NeuralNet.Preprocessing;
using NeuralNet.Regularization;
using NeuralNet.Schedules;

namespace NeuralNet.Tests.Serialization;

/// <summary>A strategy with a setting of every type, required and optional.</summary>
internal sealed record Composite(object?[] Settings) : IFeatureTransform
{
    public static string FullText { get; } = Line(
        """
        composite {"integer":-9,"maybeInteger":1099511627776,"number":0.1,"maybeNumber":"NaN","text":"a",
        "maybeText":"b","numbers":[1.5],"maybeNumbers":["Infinity"],"integers":[3],"texts":["c","d"],"maybeTexts":["e"],
        "activation":{"kind":"cubic"},"maybeActivation":{"kind":"ReLU"},"penalty":{"kind":"L2Penalty","strength":0.5},
        "maybePenalty":{"kind":"L1Penalty","strength":0.25},"constraint":{"kind":"MaxNorm","limit":2},
        "maybeConstraint":{"kind":"MaxNorm","limit":3},"loss":{"kind":"Hinge"},"maybeLoss":{"kind":"Huber","delta":2},
        "optimizer":{"kind":"Lion","learningRate":0.5,"beta1":0.9,"beta2":0.99,"weightDecay":0},
        "maybeOptimizer":{"kind":"Lion","learningRate":0.25,"beta1":0.9,"beta2":0.99,"weightDecay":0},
        "schedule":{"kind":"ConstantRate","value":0.5},"maybeSchedule":{"kind":"CosineDecay","finalFactor":0},
        "clipping":{"kind":"ClipByValue","limit":1},"maybeClipping":{"kind":"ClipByNorm","maxNorm":2},
        "augmentation":{"kind":"ImageAugmentation","width":2,"height":3,"channels":1,"maxShift":0,"maxRotation":0,
        "maxScaling":0,"elasticStrength":0,"elasticSmoothness":4,"background":0},
        "maybeAugmentation":{"kind":"ImageAugmentation","width":4,"height":5,"channels":1,"maxShift":0,"maxRotation":0,
        "maxScaling":0,"elasticStrength":0,"elasticSmoothness":4,"background":0},
        "transform":{"kind":"Imputation","replacements":[1]},"maybeTransform":{"kind":"Imputation","replacements":[2]},
        "transforms":[{"kind":"Imputation","replacements":[3]},{"kind":"Imputation","replacements":[4]}],
        "flag":true,"size":7}
        """);

    public static string EmptyText { get; } = Line(
        """
        composite {"integer":-9,"number":0.1,"text":"a","numbers":[1.5],"integers":[3],"texts":["c","d"],
        "activation":{"kind":"cubic"},"penalty":{"kind":"L2Penalty","strength":0.5},
        "constraint":{"kind":"MaxNorm","limit":2},
        "loss":{"kind":"Hinge"},"optimizer":{"kind":"Lion","learningRate":0.5,"beta1":0.9,"beta2":0.99,"weightDecay":0},
        "schedule":{"kind":"ConstantRate","value":0.5},"clipping":{"kind":"ClipByValue","limit":1},
        "augmentation":{"kind":"ImageAugmentation","width":2,"height":3,"channels":1,"maxShift":0,"maxRotation":0,
        "maxScaling":0,"elasticStrength":0,"elasticSmoothness":4,"background":0},
        "transform":{"kind":"Imputation","replacements":[1]},
        "transforms":[{"kind":"Imputation","replacements":[3]},{"kind":"Imputation","replacements":[4]}],
        "flag":true,"size":7}
        """);

    public int InputSize => 1;

    public int OutputSize => 1;

    public static Composite Full()
    {
        double[] numbers = [1.5];
        double[] maybeNumbers = [double.PositiveInfinity];
        long[] integers = [3];
        string[] texts = ["c", "d"];
        string[] maybeTexts = ["e"];
        IFeatureTransform[] transforms = [new Imputation([3]), new Imputation([4])];
        return new(
        [
            -9L, 1L << 40, 0.1, double.NaN, "a", "b", numbers, maybeNumbers, integers, texts, maybeTexts, new Cubic(),
            new ReLU(),
            new L2Penalty(0.5),
            new L1Penalty(0.25),
            new MaxNorm(2),
            new MaxNorm(3),
            new Hinge(),
            new Huber(2),
            new Lion(0.5),
            new Lion(0.25),
            new ConstantRate(0.5),
            new CosineDecay(),
            new ClipByValue(1),
            new ClipByNorm(2),
            new ImageAugmentation(2, 3),
            new ImageAugmentation(4, 5),
            new Imputation([1]),
            new Imputation([2]),
            transforms,
            true, 7,
        ]);
    }

    /// <summary>The same without what is optional.</summary>
    public static Composite Empty()
    {
        int[] optional = [1, 3, 5, 7, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28];
        object?[] settings = Full().Settings;
        foreach (int i in optional)
        {
            settings[i] = null;
        }

        return new(settings);
    }

    public static Composite Describe(Settings<Composite> s)
    {
        int i = 0;
        int Next() => i++;
        return new(
        [
            s.Integer("integer", c => (long)c.Settings[Next()]!),
            s.OptionalInteger("maybeInteger", c => (long?)c.Settings[Next()]),
            s.Number("number", c => (double)c.Settings[Next()]!),
            s.OptionalNumber("maybeNumber", c => (double?)c.Settings[Next()]),
            s.Text("text", c => (string)c.Settings[Next()]!),
            s.OptionalText("maybeText", c => (string?)c.Settings[Next()]),
            s.Numbers("numbers", c => (double[])c.Settings[Next()]!),
            s.OptionalNumbers("maybeNumbers", c => (double[]?)c.Settings[Next()]),
            s.Integers("integers", c => (long[])c.Settings[Next()]!),
            s.Texts("texts", c => (string[])c.Settings[Next()]!),
            s.OptionalTexts("maybeTexts", c => (string[]?)c.Settings[Next()]),
            s.Activation("activation", c => (IActivation)c.Settings[Next()]!),
            s.OptionalActivation("maybeActivation", c => (IActivation?)c.Settings[Next()]),
            s.Penalty("penalty", c => (IPenalty)c.Settings[Next()]!),
            s.OptionalPenalty("maybePenalty", c => (IPenalty?)c.Settings[Next()]),
            s.Constraint("constraint", c => (IConstraint)c.Settings[Next()]!),
            s.OptionalConstraint("maybeConstraint", c => (IConstraint?)c.Settings[Next()]),
            s.Loss("loss", c => (ILoss)c.Settings[Next()]!),
            s.OptionalLoss("maybeLoss", c => (ILoss?)c.Settings[Next()]),
            s.Optimizer("optimizer", c => (IOptimizer)c.Settings[Next()]!),
            s.OptionalOptimizer("maybeOptimizer", c => (IOptimizer?)c.Settings[Next()]),
            s.Schedule("schedule", c => (ILearningRateSchedule)c.Settings[Next()]!),
            s.OptionalSchedule("maybeSchedule", c => (ILearningRateSchedule?)c.Settings[Next()]),
            s.Clipping("clipping", c => (IGradientClipping)c.Settings[Next()]!),
            s.OptionalClipping("maybeClipping", c => (IGradientClipping?)c.Settings[Next()]),
            s.Augmentation("augmentation", c => (IAugmentation)c.Settings[Next()]!),
            s.OptionalAugmentation("maybeAugmentation", c => (IAugmentation?)c.Settings[Next()]),
            s.Transform("transform", c => (IFeatureTransform)c.Settings[Next()]!),
            s.OptionalTransform("maybeTransform", c => (IFeatureTransform?)c.Settings[Next()]),
            s.Transforms("transforms", c => (IReadOnlyList<IFeatureTransform>)c.Settings[Next()]!),
            s.Flag("flag", c => (bool)c.Settings[Next()]!),
            s.Size("size", c => (int)c.Settings[Next()]!),
        ]);
    }

    private static string Line(string text) => text.ReplaceLineEndings("");

    public void Transform<T>(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output)
        where T : unmanaged, IFloatingPointIeee754<T> => throw new NotSupportedException();
}
