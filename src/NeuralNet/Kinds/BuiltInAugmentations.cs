using NeuralNet.Data;

namespace NeuralNet.Kinds;

/// <summary>The augmentations of the library and their settings.</summary>
internal static class BuiltInAugmentations
{
    public static IReadOnlyList<StrategyKind> Kinds { get; } =
    [
        StrategyKind.Of<ImageAugmentation>(
            KindRole.Augmentation,
            "ImageAugmentation",
            s => new(s.Size("width", a => a.Width), s.Size("height", a => a.Height))
            {
                MaxShift = s.Number("maxShift", a => a.MaxShift),
                MaxRotation = s.Number("maxRotation", a => a.MaxRotation),
                MaxScaling = s.Number("maxScaling", a => a.MaxScaling),
                ElasticStrength = s.Number("elasticStrength", a => a.ElasticStrength),
                ElasticSmoothness = s.Number("elasticSmoothness", a => a.ElasticSmoothness),
                Background = s.Number("background", a => a.Background),
            }),
    ];
}
