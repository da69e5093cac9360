using MathNet.Numerics.LinearAlgebra;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Tests.LinearAlgebra;

public sealed class MatrixSpanTests
{
    [Fact]
    public void A_view_is_column_major()
    {
        var view = new MatrixSpan<double>([1, 2, 3, 4, 5, 6], rows: 2, columns: 3);
        view[0, 0].Should().Be(1);
        view[1, 0].Should().Be(2);
        view[0, 2].Should().Be(5);
        view.Column(1).ToArray().Should().Equal(3, 4);
        view[1, 2] = 60;
        view.ToMatrix()
            .Should().BeEquivalentTo(Matrix<double>.Build.DenseOfArray(new double[,] { { 1, 3, 5 }, { 2, 4, 60 } }));
    }

    [Fact]
    public void A_dense_MathNet_matrix_is_viewed_not_copied()
    {
        Matrix<double> matrix = Matrix<double>.Build.Dense(2, 2);
        ReadOnlyMatrixSpan<double> view = matrix;
        matrix[1, 0] = 7;
        view[1, 0].Should().Be(7);
    }

    [Fact]
    public void A_dense_MathNet_matrix_is_written_to_through_a_view()
    {
        Matrix<double> matrix = Matrix<double>.Build.Dense(2, 3);
        MatrixSpan<double> view = matrix;
        (view.Rows, view.Columns).Should().Be((2, 3));
        view[1, 2] = 7;
        matrix[1, 2].Should().Be(7);
    }

    [Fact]
    public void A_MathNet_matrix_that_cannot_be_written_to_through_a_view_is_refused()
    {
        FluentActions.Invoking(() => ((MatrixSpan<double>)Matrix<double>.Build.SparseIdentity(3)).Rows)
            .Should().Throw<ArgumentException>().WithParameterName("matrix").WithMessage("Expected a dense matrix*");
        FluentActions.Invoking(() => ((MatrixSpan<double>)(Matrix<double>)null!).Rows)
            .Should().Throw<ArgumentNullException>();
    }

    [Fact]
    public void A_range_of_columns_is_the_same_memory()
    {
        float[] values = [1, 2, 3, 4, 5, 6];
        MatrixSpan<float> middle = new MatrixSpan<float>(values, 2, 3).ColumnRange(1, 2);
        (middle.Rows, middle.Columns).Should().Be((2, 2));
        middle[1, 0] = 7;
        values.Should().Equal(1, 2, 3, 7, 5, 6);
        new MatrixSpan<float>(values, 2, 3).ColumnRange(3, 0).IsEmpty.Should().BeTrue();
    }

    [Fact]
    public void Any_other_MathNet_matrix_is_converted()
    {
        ReadOnlyMatrixSpan<double> view = Matrix<double>.Build.SparseIdentity(3);
        view.Values.ToArray().Should().Equal(1, 0, 0, 0, 1, 0, 0, 0, 1);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-1)]
    [InlineData(int.MaxValue / 2 + 2)]
    public void A_column_that_does_not_exist_is_refused_whatever_its_offset_overflows_to(int column)
    {
        FluentActions.Invoking(() => new ReadOnlyMatrixSpan<float>(new float[12], 4, 3).Column(column).Length)
            .Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage($"There are 3 columns, counted from 0, but column {column}*");
        FluentActions.Invoking(() => new MatrixSpan<float>(new float[12], 4, 3).Column(column).Length)
            .Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new ReadOnlyMatrixSpan<float>(new float[12], 4, 3).ColumnRange(column, 1).Rows)
            .Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new MatrixSpan<float>(new float[12], 4, 3).ColumnRange(column, 1).Rows)
            .Should().Throw<ArgumentOutOfRangeException>();
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(-1, -6)]
    [InlineData(7, 1)]
    public void A_shape_that_does_not_fit_is_refused(int rows, int columns) =>
        FluentActions.Invoking(() => new ReadOnlyMatrixSpan<float>(new float[6], rows, columns).Rows)
            .Should().Throw<ArgumentException>().WithMessage("*there are 6.*");
}
