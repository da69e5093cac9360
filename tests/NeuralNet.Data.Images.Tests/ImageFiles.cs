using System.Globalization;

namespace NeuralNet.Data.Images.Tests;

/// <summary>The files beside the tests.</summary>
internal static class ImageFiles
{
    private static readonly string _png = Path.Combine(AppContext.BaseDirectory, "Png");

    public static string[] PngNames { get; } =
        [.. Directory.EnumerateFiles(_png, "*.png").Select(path => Path.GetFileNameWithoutExtension(path)).Order()];

    public static byte[] Jpeg(string name) => File.ReadAllBytes(PathOfJpeg(name));

    public static string PathOfJpeg(string name) => Path.Combine(AppContext.BaseDirectory, "Files", name + ".jpg");

    public static byte[] Png(string name) => File.ReadAllBytes(Path.Combine(_png, name + ".png"));

    /// <summary>The grey pixels of a PNG file as libpng reads them: after kind, width, height and most.</summary>
    public static int[] Grey(string name) =>
    [
        .. File.ReadAllText(Path.Combine(_png, name + ".pgm"))
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Skip(4)
            .Select(number => int.Parse(number, CultureInfo.InvariantCulture)),
    ];

    public static Image Read(byte[] file, ImageOptions? options = null) =>
        Image.Read(new MemoryStream(file), options, "it.png");
}
