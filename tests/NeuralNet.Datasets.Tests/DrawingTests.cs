namespace NeuralNet.Datasets.Tests;

/// <summary>Pictures of a data set are drawn as text.</summary>
public sealed class DrawingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Two_rows_of_pixels_are_a_line_and_pictures_stand_side_by_side()
    {
        // 4 × 3 pixels: a light column, then single pixels, upper, lower and both.
        float[] first = [1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0];
        float[] second = [0.6f, 0, 0.9f, 0, 0.51f, 1, 0, 0.5f, 0, 0, 0, 0];
        Tiny().Draw(new([.. first, .. second], 12, 2))
            .Should().Be(string.Join(Environment.NewLine, "█  ▀▄█", "█", ""));
    }

    [Fact]
    public void Standardized_pictures_look_as_they_did_before()
    {
        ImageDataset plain = Tiny();
        ImageDataset standardized = plain.Standardize();
        string drawn = plain.Draw(plain.Test.Take(5).Inputs);
        drawn.Should().Contain("█");
        standardized.Draw(standardized.Test.Take(5).Inputs).Should().Be(drawn);
    }

    [Fact]
    public void The_last_of_an_odd_number_of_rows_stands_above_a_dark_one()
    {
        TinyDataSet.WriteIdx(_folder.Path, TinyDataSet.TrainingImages, [1, 3, 2], [255, 0, 0, 255, 255, 0]);
        TinyDataSet.WriteIdx(_folder.Path, TinyDataSet.TrainingLabels, [1], [0]);
        TinyDataSet.WriteIdx(_folder.Path, TinyDataSet.TestImages, [1, 3, 2], [255, 0, 0, 255, 255, 0]);
        TinyDataSet.WriteIdx(_folder.Path, TinyDataSet.TestLabels, [1], [0]);
        ImageDataset pictures = Mnist.Load(new() { Folder = _folder.Path });
        pictures.Draw(pictures.Test.Inputs).Should().Be(string.Join(Environment.NewLine, "▀▄", "▀", ""));
    }

    [Fact]
    public void Pictures_of_another_size_are_refused() => FluentActions
        .Invoking(() => Tiny().Draw(new(new float[22], 11, 2)))
        .Should().Throw<ArgumentException>().WithParameterName("pictures")
        .WithMessage("Expected pictures of 4 × 3 × 1, 12 values per column, but the columns have 11.*");

    private ImageDataset Tiny()
    {
        TinyDataSet.Write(_folder.Path);
        return Mnist.Load(new() { Folder = _folder.Path });
    }
}
