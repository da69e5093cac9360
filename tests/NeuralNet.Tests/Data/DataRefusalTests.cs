using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Data;

namespace NeuralNet.Tests.Data;

public sealed class DataRefusalTests
{
    private readonly DataSet<double> _data = TestData.Diagonal<double>(10, seed: 1);

    [Fact]
    public void A_choice_of_no_sample_is_refused() =>
        _data.Invoking(d => d.Select([]))
            .Should().Throw<ArgumentException>().WithMessage("*at least one sample*").WithParameterName("indices");

    [Fact]
    public void Weights_are_copied_for_samples_that_there_are_into_room_that_there_is()
    {
        double[] weights = new double[2];
        _data.CopyWeightsTo([3, 4], weights);
        weights.Should().Equal(1, 1);
        _data.Invoking(d => d.CopyWeightsTo([3, 4], new double[1]))
            .Should().Throw<ArgumentException>().WithMessage("*room for 1 weight, but 2*")
            .WithParameterName("weights");
        _data.Invoking(d => d.CopyWeightsTo([3, 10], new double[2]))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("*10 samples*sample 10*");
        _data.Invoking(d => d.CopyWeightsTo([-1], new double[2]))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("*sample -1*");
    }

    [Fact]
    public void Data_without_a_number_are_refused()
    {
        Matrix<double> none = Matrix<double>.Build.Dense(0, 3);
        FluentActions.Invoking(() => new DataSet<double>(none, Matrix<double>.Build.Dense(1, 3)))
            .Should().Throw<ArgumentException>().WithMessage("*inputs are empty (0 × 3)*").WithParameterName("inputs");
        FluentActions.Invoking(() => new DataSet<double>(Matrix<double>.Build.Dense(1, 3), none))
            .Should().Throw<ArgumentException>().WithMessage("*targets are empty (0 × 3)*")
            .WithParameterName("targets");
    }

    [Fact]
    public void An_IDX_file_of_no_dimension_is_one_sample_of_one_number()
    {
        using var file = new MemoryStream([0, 0, 0x08, 0, 7]);
        IdxArray array = IdxReader.Read(file);
        array.Dimensions.Should().BeEmpty();
        (array.Count, array.SampleCount, array[0]).Should().Be((1, 1, 7.0));
        array.ToMatrix<double>().ToColumnMajorArray().Should().Equal(7);
    }

    [Fact]
    public void The_smoothness_of_a_distortion_is_what_it_was_set_to_and_matters()
    {
        float[] Distorted(double smoothness)
        {
            var augmentation = new ImageAugmentation(8, 8) { ElasticStrength = 30, ElasticSmoothness = smoothness };
            augmentation.ElasticSmoothness.Should().Be(smoothness);
            float[] images = TestData.Uniform<float>(64, 3, seed: 1).AsColumnMajorArray();
            augmentation.Apply<float>(
                new(images, 64, 3), new(new float[3], 1, 3), NeuralNet.Randomness.RandomStream.FromSeed(3));
            return images;
        }

        new ImageAugmentation(8, 8).ElasticSmoothness.Should().Be(4);
        Distorted(1).Should().Equal(Distorted(1)).And.NotEqual(Distorted(3));
    }

    [Fact]
    public void Bytes_put_back_in_front_are_read_first_and_only_read()
    {
        var stream = new JoinedStream(new MemoryStream([1, 2, 3]), new MemoryStream([4, 5]));
        byte[] bytes = new byte[5];
        stream.Read(bytes, 1, 2).Should().Be(2);
        bytes.Should().Equal(0, 1, 2, 0, 0);
        stream.ReadExactly(bytes, 0, 3);
        bytes[..3].Should().Equal(3, 4, 5);
        stream.ReadByte().Should().Be(-1);

        (stream.CanRead, stream.CanSeek, stream.CanWrite).Should().Be((true, false, false));
        FluentActions.Invoking(() => stream.Length).Should().Throw<NotSupportedException>();
        FluentActions.Invoking(() => stream.Position).Should().Throw<NotSupportedException>();
        FluentActions.Invoking(() => stream.Position = 0).Should().Throw<NotSupportedException>();
        FluentActions.Invoking(() => stream.Seek(0, SeekOrigin.Begin)).Should().Throw<NotSupportedException>();
        FluentActions.Invoking(() => stream.SetLength(0)).Should().Throw<NotSupportedException>();
        FluentActions.Invoking(() => stream.Write(bytes, 0, 1)).Should().Throw<NotSupportedException>();
        stream.Flush();
    }
}
