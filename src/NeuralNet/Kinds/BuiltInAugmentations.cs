using NeuralNet.Data;
using NeuralNet.LinearAlgebra;
using NeuralNet.Preprocessing;

namespace NeuralNet.Kinds;

/// <summary>The augmentations of the library and their settings.</summary>
internal static class BuiltInAugmentations
{
    public static IReadOnlyList<StrategyKind> Kinds { get; } =
    [
        StrategyKind.Of<ImageAugmentation>(
            KindRole.Augmentation,
            "ImageAugmentation",
            s => new(
                Image(
                    width: s.Size("width", a => a.Width),
                    height: s.Size("height", a => a.Height),
                    channels: s.OptionalInteger("channels", a => a.Channels)))
            {
                MaxShift = s.Number("maxShift", a => a.MaxShift),
                MaxRotation = s.Number("maxRotation", a => a.MaxRotation),
                MaxScaling = s.Number("maxScaling", a => a.MaxScaling),
                ElasticStrength = s.Number("elasticStrength", a => a.ElasticStrength),
                ElasticSmoothness = s.Number("elasticSmoothness", a => a.ElasticSmoothness),
                Background = s.Number("background", a => a.Background),
            }),
        StrategyKind.Of<RandomFlip>(
            KindRole.Augmentation,
            "RandomFlip",
            s => new(s.Shape("shape", a => a.Shape))
            {
                Horizontal = s.Number("horizontal", a => a.Horizontal),
                Vertical = s.Number("vertical", a => a.Vertical),
            }),
        StrategyKind.Of<RandomCrop>(
            KindRole.Augmentation,
            "RandomCrop",
            s => new(s.Shape("shape", a => a.Shape), s.Size("padding", a => a.Padding))
            {
                Background = s.Number("background", a => a.Background),
            }),
        StrategyKind.Of<ColorJitter>(
            KindRole.Augmentation,
            "ColorJitter",
            s => new(s.Shape("shape", a => a.Shape))
            {
                Brightness = s.Number("brightness", a => a.Brightness),
                Contrast = s.Number("contrast", a => a.Contrast),
                Saturation = s.Number("saturation", a => a.Saturation),
                Scaling = s.OptionalTransform("scaling", a => a.Scaling) switch
                {
                    null => null,
                    ChannelStandardization scaling => scaling,
                    _ => throw new ArgumentException("The scaling must be a ChannelStandardization."),
                },
            }),
        StrategyKind.Of<Cutout>(
            KindRole.Augmentation,
            "Cutout",
            s => new(s.Shape("shape", a => a.Shape), s.Size("size", a => a.Size))
            {
                Background = s.Number("background", a => a.Background),
            }),
        StrategyKind.Of<Mixup>(KindRole.Augmentation, "Mixup", s => new(s.Number("alpha", a => a.Alpha))),
        StrategyKind.Of<AugmentationSequence>(
            KindRole.Augmentation, "AugmentationSequence", s => new(s.Augmentations("steps", a => a.Steps))),
    ];

    // Files from before there were colours do not name the channels.
    private static FeatureShape Image(int width, int height, long? channels) =>
        new(height, width, checked((int)(channels ?? 1)));
}
