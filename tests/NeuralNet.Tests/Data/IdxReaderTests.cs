using System.IO.Compression;
using NeuralNet.Data;

namespace NeuralNet.Tests.Data;

public sealed class IdxReaderTests
{
    [Theory]
    [InlineData(0x08, new byte[] { 0, 1, 255 }, new double[] { 0, 1, 255 })]
    [InlineData(0x09, new byte[] { 0, 1, 255 }, new double[] { 0, 1, -1 })]
    [InlineData(0x0B, new byte[] { 0, 1, 255, 254, 127, 255 }, new double[] { 1, -2, 32767 })]
    [InlineData(0x0C, new byte[] { 0, 0, 1, 0, 255, 255, 255, 255, 0, 0, 0, 7 }, new double[] { 256, -1, 7 })]
    [InlineData(0x0D, new byte[] { 0x3F, 0x80, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0 }, new double[] { 1, -2, 0 })]
    [InlineData(
        0x0E,
        new byte[] { 0x3F, 0xF0, 0, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 },
        new double[] { 1, -2, 0 })]
    public void Every_element_type_is_read_raw_and_compressed(byte type, byte[] elements, double[] expected)
    {
        byte[] file = File(type, [3], elements);
        foreach (byte[] bytes in new[] { file, Gzip(file) })
        {
            IdxArray array = Read(bytes);
            array.ElementType.Should().Be((IdxElementType)type);
            array.Dimensions.Should().Equal(3);
            Enumerable.Range(0, array.Count).Select(i => array[i]).Should().Equal(expected);
            array.ToMatrix<double>()
                .Should().BeEquivalentTo(MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(1, 3, expected));
            array.ToMatrix<double>(scale: 0.5).ToColumnMajorArray()
                .Should().Equal(expected.Select(value => 0.5 * value));
        }
    }

    [Fact]
    public void Of_a_compressed_file_comes_no_more_than_its_length_allows_or_the_limit_says()
    {
        byte[] file = new byte[6_000_000];
        (file[2], file[3]) = (8, 1);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(4), file.Length - 8);
        using var compressed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(
            compressed, System.IO.Compression.CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(file);
        }

        byte[] bomb = compressed.ToArray();
        bomb.Length.Should().BeLessThan(10_000);
        FluentActions.Invoking(() => IdxReader.Read(new MemoryStream(bomb), "bomb")).Should()
            .Throw<InvalidDataException>().WithMessage("'bomb' is refused: *compressed bytes*raise maxBytes*");
        FluentActions.Invoking(() => IdxReader.Read(new MemoryStream(bomb), "bomb", maxBytes: 5_999_999)).Should()
            .Throw<InvalidDataException>().WithMessage("*5999999*");
        IdxReader.Read(new MemoryStream(bomb), "bomb", maxBytes: 6_000_000).Count.Should().Be(file.Length - 8);
        FluentActions.Invoking(() => IdxReader.Read(new MemoryStream(bomb), "bomb", maxBytes: -1)).Should()
            .Throw<ArgumentOutOfRangeException>().WithParameterName("maxBytes");
    }

    [Fact]
    public void The_limit_is_for_a_file_that_is_not_compressed_too()
    {
        byte[] file = [0, 0, 8, 1, 0, 0, 0, 4, 1, 2, 3, 4];
        IdxReader.Read(new MemoryStream(file), "plain", maxBytes: 12).Count.Should().Be(4);
        FluentActions.Invoking(() => IdxReader.Read(new MemoryStream(file), "plain", maxBytes: 11)).Should()
            .Throw<InvalidDataException>().WithMessage("'plain' is refused: *12 bytes*11 that may*raise maxBytes*");
    }

    [Fact]
    public void Images_become_a_column_each_in_the_order_of_the_file()
    {
        IdxArray array = Read(File(0x08, [2, 2, 3], [0, 51, 102, 153, 204, 255, 1, 2, 3, 4, 5, 6]));
        array.SampleCount.Should().Be(2);
        var matrix = array.ToMatrix<float>(1 / 255.0);
        matrix.RowCount.Should().Be(6);
        matrix.Column(0).Should().Equal(0f, 0.2f, 0.4f, 0.6f, 0.8f, 1f);
        matrix[5, 1].Should().Be(6 / 255f);
    }

    [Fact]
    public void Labels_are_integers()
    {
        Read(File(0x08, [3], [7, 0, 9])).ToLabels().Should().Equal(7, 0, 9);
        Read(File(0x0D, [1], [0, 0, 0, 0])).Invoking(a => a.ToLabels()).Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public void Large_files_are_read_whole()
    {
        byte[] elements = new byte[5_000_001];
        new Random(1).NextBytes(elements);
        Read(Gzip(File(0x08, [elements.Length], elements))).Bytes.ToArray().Should().Equal(elements);
    }

    [Fact]
    public void Arrays_without_dimensions_or_without_elements_are_read()
    {
        Read(File(0x08, [], [5]))[0].Should().Be(5);
        IdxArray empty = Read(File(0x08, [0, 28, 28], []));
        empty.Count.Should().Be(0);
        empty.Invoking(a => a.ToMatrix<float>())
            .Should().Throw<InvalidOperationException>().WithMessage("*0 × 28 × 28*no elements*");
    }

    [Fact]
    public void A_path_is_read_and_named()
    {
        string path = Path.GetTempFileName();
        try
        {
            System.IO.File.WriteAllBytes(path, File(0x08, [2], [1, 2]));
            IdxReader.Read(path).Bytes.ToArray().Should().Equal(1, 2);
            System.IO.File.WriteAllBytes(path, [1, 2, 3, 4]);
            FluentActions.Invoking(() => IdxReader.Read(path))
                .Should().Throw<InvalidDataException>().WithMessage($"'{path}' is no IDX file*");
        }
        finally
        {
            System.IO.File.Delete(path);
        }
    }

    [Theory]
    [InlineData(new byte[] { }, "'test' is truncated: at offset 0, expected 4 bytes of the IDX header, but found 0.")]
    [InlineData(
        new byte[] { 0, 0, 8 }, "'test' is truncated: at offset 0, expected 4 bytes of the IDX header, but found 3.")]
    [InlineData(new byte[] { 0, 1, 8, 1 }, "'test' is no IDX file: at offset 0, expected 00 00*but found 00 01 08 01.")]
    [InlineData(new byte[] { 0, 0, 10, 1 }, "'test' is no IDX file*but found 00 00 0A 01.")]
    [InlineData(
        new byte[] { 0, 0, 8, 2, 0, 0, 0, 1, 0 },
        "'test' is truncated: at offset 8, expected 4 bytes of the IDX header, but found 1.")]
    [InlineData(
        new byte[] { 0, 0, 8, 1, 255, 0, 0, 0 },
        "'test' is damaged: at offset 4, expected the size of dimension 0*but found 4278190080.")]
    [InlineData(
        new byte[] { 0, 0, 14, 2, 127, 0, 0, 0, 127, 0, 0, 0 },
        "'test' is too large or damaged: at offset 4, expected dimensions that give at most*but found 2130706432 "
        + "elements*")]
    [InlineData(
        new byte[] { 0, 0, 8, 1, 0, 0, 0, 5, 1, 2, 3 },
        "'test' is truncated: from offset 8, expected 5 bytes of elements as its header says, but found 3.")]
    [InlineData(
        new byte[] { 0, 0, 8, 1, 0, 0, 0, 2, 1, 2, 3 },
        "'test' is damaged: at offset 10, expected its end as its header says, but found more bytes.")]
    public void Malformed_data_are_refused_naming_offset_expected_and_found(byte[] bytes, string message)
    {
        FluentActions.Invoking(() => Read(bytes)).Should().Throw<InvalidDataException>().WithMessage(message);
        FluentActions.Invoking(() => Read(Gzip(bytes))).Should().Throw<InvalidDataException>().WithMessage(message);
    }

    [Fact]
    public void Damaged_compression_is_refused()
    {
        byte[] file = Gzip(File(0x08, [1000], Enumerable.Range(0, 1000).Select(i => (byte)(i * i)).ToArray()));
        for (int i = 2; i < file.Length; i += 7)
        {
            byte[] damaged = (byte[])file.Clone();
            damaged[i] ^= 0x55;
            Outcome(damaged).Should().Be("read or refused", $"byte {i} is damaged");
            Outcome(file[..i]).Should().Be("read or refused", $"the file ends at byte {i}");
        }

        FluentActions.Invoking(() => Read(file[..(file.Length / 2)]))
            .Should().Throw<InvalidDataException>().WithMessage("'test' is*");
    }

    [Fact]
    public void A_header_that_claims_two_gigabytes_takes_no_memory_for_them()
    {
        byte[] bytes = File(0x08, [2_000_000_000], [1, 2, 3]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        FluentActions.Invoking(() => Read(bytes)).Should().Throw<InvalidDataException>();
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(4_000_000);
    }

    private static string Outcome(byte[] bytes)
    {
        try
        {
            Read(bytes);
        }
        catch (InvalidDataException)
        {
        }

        return "read or refused";
    }

    private static IdxArray Read(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return IdxReader.Read(stream, "test");
    }

    private static byte[] File(byte type, int[] dimensions, byte[] elements) =>
    [
        0, 0, type, (byte)dimensions.Length,
        .. dimensions.SelectMany(d => new[] { (byte)(d >> 24), (byte)(d >> 16), (byte)(d >> 8), (byte)d }),
        .. elements,
    ];

    private static byte[] Gzip(byte[] bytes)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return target.ToArray();
    }
}
