using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using NeuralNet.Data.Images.Png;
using NeuralNet.Samples.Digits;
using NeuralNet.Samples.Digits.Images;

namespace NeuralNet.Samples.Tests;

/// <summary>The memory that an image takes is bounded, whatever its header says.</summary>
public class ImageSizeTests
{
    private const long MostBytes = 64 << 20;

    [Theory]
    [InlineData(1, 0, false)]
    [InlineData(1, 0, true)]
    [InlineData(8, 3, false)]
    [InlineData(16, 4, true)]
    [InlineData(16, 6, false)]
    public void A_small_file_of_a_huge_image_takes_little_memory(int depth, int number, bool isInterlaced)
    {
        var color = (PngColor)number;
        byte[] file = Png(7000, 7000, depth, color, isInterlaced);

        long before = GC.GetAllocatedBytesForCurrentThread();
        GrayImage image = ImageFile.Decode(file);
        long taken = GC.GetAllocatedBytesForCurrentThread() - before;

        taken.Should().BeLessThan(MostBytes + (4 * file.Length));
        (image.Rows, image.Columns).Should().Be((1400, 1400), "five by five pixels become one");
        image.Pixels.Should().OnlyContain(pixel => pixel == image.Pixels[0]);
    }

    [Theory]
    [InlineData(8000, 8000)]
    [InlineData(1, 70_000)]
    [InlineData(70_000, 1)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public void A_size_that_no_image_has_is_refused_before_anything_is_decompressed(int rows, int columns)
    {
        byte[] file = Png(rows, columns, 16, PngColor.Rgba, isInterlaced: false, isEmpty: true);

        long before = GC.GetAllocatedBytesForCurrentThread();
        file.Invoking(bytes => ImageFile.Decode(bytes)).Should().Throw<InvalidDataException>()
            .WithMessage($"It has {columns} x {rows} pixels; *");
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(1 << 20);
    }

    [Theory]
    [InlineData("P2 7000 7000 255 0 0")]
    [InlineData("P5 7000 7000 255 0 0")]
    public void A_PGM_image_with_fewer_pixels_than_its_header_says_takes_little_memory(string text)
    {
        byte[] file = Encoding.ASCII.GetBytes(text);

        long before = GC.GetAllocatedBytesForCurrentThread();
        file.Invoking(bytes => ImageFile.Decode(bytes)).Should().Throw<InvalidDataException>();
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(MostBytes);
    }

    [Fact]
    public void A_large_image_is_reduced_by_means_of_squares_and_one_that_is_not_large_keeps_its_pixels()
    {
        // 2 x 2 squares of 0, 1, 2 and 3 of 3; 3001 columns leave half a square at the right.
        (int rows, int columns) = (1500, 3001);
        byte[] pixels = new byte[rows * columns];
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (byte)((2 * (i / columns % 2)) + (i % columns % 2));
        }

        GrayImage image = ImageFile.Decode([.. Encoding.ASCII.GetBytes($"P5 {columns} {rows} 3\n"), .. pixels]);

        (image.Rows, image.Columns).Should().Be((750, 1501));
        image[0, 0].Should().BeApproximately(0.5f, 1e-6f);
        image[749, 1499].Should().BeApproximately(0.5f, 1e-6f);
        image[749, 1500].Should().BeApproximately(1f / 3, 1e-6f, "of half a square, the half counts");
    }

    [Fact]
    public void A_file_whose_length_is_not_known_is_read_to_its_end()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        FluentActions.Invoking(() => ImageFile.Load("/dev/null"))
            .Should().Throw<SampleException>().WithMessage("'/dev/null' cannot be read: It is neither *");
        FluentActions.Invoking(() => ImageFile.Load("/dev/zero"))
            .Should().Throw<SampleException>().WithMessage("'/dev/zero' cannot be read: It has more than *");
    }

    private static byte[] Png(
        int rows, int columns, int depth, PngColor color, bool isInterlaced, bool isEmpty = false)
    {
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, columns);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), rows);
        (header[8], header[9], header[12]) = ((byte)depth, (byte)color, (byte)(isInterlaced ? 1 : 0));
        var read = new PngHeader(columns, rows, depth, color, isInterlaced);
        using var data = new MemoryStream();
        using (var stream = new ZLibStream(data, CompressionLevel.Optimal))
        {
            byte[] row = new byte[1 << 20];
            long length = isEmpty ? 0 : Length(read);
            for (; length > 0; length -= row.Length)
            {
                stream.Write(row.AsSpan(0, (int)Math.Min(length, row.Length)));
            }
        }

        byte[] palette = color == PngColor.Palette ? PngChunk.Of("PLTE", [10, 20, 30]) : [];
        return
        [
            .. PngSignature.Bytes, .. PngChunk.Of("IHDR", header), .. palette, .. PngChunk.Of("IDAT", data.ToArray()),
            .. PngChunk.Of("IEND", []),
        ];
    }

    private static long Length(PngHeader header)
    {
        long length = 0;
        foreach (PngPass pass in PngPass.Of(header))
        {
            length += (long)pass.Rows(header) * (1 + header.RowLength(pass.Columns(header)));
        }

        return length;
    }
}
