using Spectre.Console;
using Spectre.Console.Rendering;

namespace NeuralNet.Samples.Digits;

/// <summary>A column of the progress display: one of the <see cref="EpochFigures"/> of each epoch.</summary>
internal sealed class FigureColumn(Func<EpochFigures, string> format) : ProgressColumn
{
    /// <summary>The name under which a task carries its figures.</summary>
    public const string StateKey = "figures";

    protected override bool NoWrap => true;

    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
        new Spectre.Console.Text(format(task.State.Get<EpochFigures>(StateKey)));
}
