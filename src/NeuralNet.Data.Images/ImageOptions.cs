using NeuralNet.LinearAlgebra;

namespace NeuralNet.Data.Images;

/// <summary>Options for reading images: their channels, their size, and a limit on their pixels.</summary>
public sealed record ImageOptions
{
    private readonly int? _channels;
    private readonly HeightWidth? _size;
    private readonly long _maxPixels = 1L << 26;

    /// <summary>
    /// The numbers per pixel: 1 for grey, 3 for red, green and blue, 4 with opacity as well. What the file has if null.
    /// </summary>
    /// <remarks>
    /// Grey is 0.299 R + 0.587 G + 0.114 B; of grey, red, green and blue are each the same. Where opacity is not asked
    /// for, transparent parts show white paper.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">Set to another number.</exception>
    public int? Channels
    {
        get => _channels;
        init => _channels = value is null ? null : Image.RequireChannels(value.Value, nameof(Channels));
    }

    /// <summary>The height and width to which images are scaled; their own if null.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to a side below 1.</exception>
    public HeightWidth? Size
    {
        get => _size;
        init
        {
            if (value is { } size)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(size.Height, 1, nameof(Size));
                ArgumentOutOfRangeException.ThrowIfLessThan(size.Width, 1, nameof(Size));
            }

            _size = value;
        }
    }

    /// <summary>
    /// The way to bring an image of another ratio of height and width to <see cref="Size"/>;
    /// <see cref="ImageFit.Stretch"/> unless set.
    /// </summary>
    public ImageFit Fit { get; init; }

    /// <summary>
    /// The most pixels that an image may have, by its header, before any memory is taken for them; 67,108,864 unless
    /// set (8192 × 8192). Decoding takes up to 16 bytes for each.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to a value below 1.</exception>
    public long MaxPixels
    {
        get => _maxPixels;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(MaxPixels));
            _maxPixels = value;
        }
    }
}
