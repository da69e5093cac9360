using Spectre.Console;
using Spectre.Console.Rendering;

namespace NeuralNet.Samples.Digits;

/// <summary>A grey image in a terminal: half-block characters, each two pixels, one above the other.</summary>
internal sealed class ImageView(float[] pixels, int rows, int columns) : Renderable
{
    protected override Measurement Measure(RenderOptions options, int maxWidth) => new(columns, columns);

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        bool hasGreys = options.ColorSystem is not (ColorSystem.NoColors or ColorSystem.Legacy or ColorSystem.Standard);
        for (int row = 0; row < rows; row += 2)
        {
            for (int column = 0; column < columns; column++)
            {
                byte upper = Level(row, column);
                byte lower = Level(row + 1, column);
                yield return hasGreys ? Shaded(upper, lower) : Outlined(upper, lower);
            }

            yield return Segment.LineBreak;
        }
    }

    private byte Level(int row, int column) =>
        row < rows ? (byte)Math.Clamp(255 * pixels[(row * columns) + column], 0, 255) : (byte)0;

    // The lighter pixel is the character, so that the text looks right even without colors.
    private static Segment Shaded(byte upper, byte lower) => upper == lower
        ? new(upper < 128 ? " " : "█", new Style(Grey(upper), Grey(lower)))
        : upper > lower
            ? new("▀", new Style(Grey(upper), Grey(lower)))
            : new("▄", new Style(Grey(lower), Grey(upper)));

    // Without shades of grey, a pixel is either drawn or not.
    private static Segment Outlined(byte upper, byte lower) => new((upper >= 100, lower >= 100) switch
    {
        (true, true) => "█",
        (true, false) => "▀",
        (false, true) => "▄",
        _ => " ",
    });

    private static Color Grey(byte level) => new(level, level, level);
}
