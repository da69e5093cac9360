using System.Globalization;
using NeuralNet.Data;
using NeuralNet.Datasets.Drawing;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;
using NeuralNet.Preprocessing;

namespace NeuralNet.Datasets;

/// <summary>Images and their classes, for training and for tests.</summary>
/// <remarks>
/// Images are kept as bytes and converted batch by batch, to the pixel divided by 255 unless they are standardized. The
/// elements of an image lie (row, column, channel).
/// </remarks>
public sealed class ImageDataset
{
    internal ImageDataset(
        string name, FeatureShape shape, IReadOnlyList<string> classes, LabeledImages training, LabeledImages test)
    {
        (Name, Shape, Classes) = (name, shape, classes);
        (TrainingImages, TestImages) = (training, test);
        Training = training.ToDataSet<float>();
        Test = test.ToDataSet<float>();
    }

    private ImageDataset(ImageDataset source, DatasetOrigin origin, string from, string? notice)
    {
        (Name, Shape, Classes) = (source.Name, source.Shape, source.Classes);
        (TrainingImages, TestImages) = (source.TrainingImages, source.TestImages);
        (Training, Test, Scaling) = (source.Training, source.Test, source.Scaling);
        (Origin, Source, Notice) = (origin, from, notice);
    }

    private ImageDataset(ImageDataset source, ChannelStandardization scaling)
        : this(source, source.Origin, source.Source, source.Notice)
    {
        Training = Training.TransformInputs(scaling);
        Test = Test.TransformInputs(scaling);
        Scaling = scaling;
    }

    /// <summary>
    /// The name of the data: that of a well-known set only if the files are those published, byte for byte; else that
    /// of their folder.
    /// </summary>
    public string Name { get; }

    /// <summary>Height, width and channels of an image.</summary>
    public FeatureShape Shape { get; }

    /// <summary>The name of each class, by its number.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The samples to train on: pixels, and one-hot classes.</summary>
    public DataSet<float> Training { get; }

    /// <summary>The samples to test with, which are never trained on.</summary>
    public DataSet<float> Test { get; }

    /// <summary>The images to train on as bytes, and their labels.</summary>
    public LabeledImages TrainingImages { get; }

    /// <summary>The images to test with as bytes, and their labels.</summary>
    public LabeledImages TestImages { get; }

    /// <summary>The standardization of <see cref="Training"/> and <see cref="Test"/>; null if there is none.</summary>
    public ChannelStandardization? Scaling { get; }

    /// <summary>The origin of the samples.</summary>
    public DatasetOrigin Origin { get; } = DatasetOrigin.Folder;

    /// <summary>The origin of the samples in words, such as <c>the folder '/data/mnist'</c>.</summary>
    public string Source { get; } = "memory";

    /// <summary>Why these are not the samples that were asked for; null if they are.</summary>
    public string? Notice { get; }

    /// <summary>
    /// Returns the same images with the pixels of each channel scaled to mean 0 and variance 1 over the training part:
    /// z = (x − μ) / σ. They stay bytes.
    /// </summary>
    /// <returns>A data set that shares this one's bytes.</returns>
    public ImageDataset Standardize() =>
        new(this, ChannelStandardization.Fit(TrainingImages.ToDataSet<float>().Inputs, Shape));

    /// <summary>
    /// Draws pictures for a terminal, side by side: a character of blocks for two pixels, one above the other, light
    /// where the mean of the channels is above one half.
    /// </summary>
    /// <example><code>
    /// Console.OutputEncoding = Encoding.UTF8;
    /// Console.WriteLine(digits.Draw(digits.Test.Take(4).Inputs));
    /// </code></example>
    /// <param name="pictures">
    /// A picture of <see cref="Shape"/> per column, such as samples, or what a network makes of them; with the values
    /// of <see cref="Test"/>, standardized if they are.
    /// </param>
    /// <returns>A line for every two rows of pixels.</returns>
    /// <exception cref="ArgumentException">The pictures have another size.</exception>
    public string Draw(ReadOnlyMatrixSpan<float> pictures)
    {
        if (pictures.Rows != Shape.Size)
        {
            throw new ArgumentException(
                $"Expected pictures of {Shape}, {Quantity.Of(Shape.Size, "value")} per column, but the columns have "
                + $"{pictures.Rows}.",
                nameof(pictures));
        }

        if (Scaling is null)
        {
            return BlockPictures.Draw(pictures, Shape);
        }

        var pixels = new MatrixSpan<float>(new float[pictures.Values.Length], pictures.Rows, pictures.Columns);
        Scaling.Invert(pictures, pixels);
        return BlockPictures.Draw(pixels, Shape);
    }

    /// <summary>Name, number of samples, shape, classes and origin, as readable text.</summary>
    /// <returns>One line, and another with the <see cref="Notice"/> if there is one.</returns>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{MessageText.Printable(Name)}: {Quantity.Of(Training.Count, "training image")} and {Test.Count} for ")
        + $"tests, {Shape}, {Quantity.Of(Classes.Count, "class", "classes")}; from {MessageText.Printable(Source)}"
        + (Notice is null ? "" : Environment.NewLine + MessageText.Printable(Notice));

    internal ImageDataset From(DatasetOrigin origin, string source, string? notice = null) =>
        new(this, origin, source, notice);
}
