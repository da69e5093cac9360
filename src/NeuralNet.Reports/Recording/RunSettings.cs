using System.Globalization;
using System.Numerics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using NeuralNet.Activations;
using NeuralNet.Networks;
using NeuralNet.Reports.Html;
using NeuralNet.Training;

namespace NeuralNet.Reports.Recording;

/// <summary>The settings of a run, for people.</summary>
internal static partial class RunSettings
{
    /// <summary>
    /// The settings by name; those that are switched off are left out, and those that the user tells otherwise.
    /// </summary>
    public static List<KeyValuePair<string, string>> Of<T>(
        TrainingContext<T> context, IReadOnlyList<KeyValuePair<string, string>> own, string? commandLine)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        FitOptions<T> options = context.Options;
        HashSet<string> told = [.. own.Select(setting => setting.Key)];
        List<(string Name, string? Value)> rows =
        [
            ("network", Describe(context.Network)),
            ("loss", context.LossFunction.Name),
            ("optimizer", NameOf(context.Optimizer)),
            ("schedule", NameOf(options.Schedule)),
            ("batch size", Number(options.BatchSize)),
            ("batches per step", options.AccumulationSteps == 1 ? null : Number(options.AccumulationSteps)),
            ("batches per epoch", context.Batches is { } batches ? Number(batches) : null),
            ("epochs asked for", options.Epochs == int.MaxValue ? null : Number(options.Epochs)),
            ("steps asked for", options.Steps is { } steps ? Number(steps) : null),
            ("order of samples", options.Shuffle ? null : "as they come"),
            ("gradient clipping", NameOf(options.GradientClipping)),
            ("augmentation", NameOf(options.Augmentation)),
            ("class weights", options.ClassWeights is { } weights ? Numbers(weights) : null),
            ("callbacks", Names(options.Callbacks)),
            ("seed", context.Seed.ToString(CultureInfo.InvariantCulture)),
            ("threads", Number(context.Threads)),
            ("numbers", typeof(T).Name == nameof(Single) ? "float" : "double"),
            ("NeuralNet", VersionOf(typeof(Network<>).Assembly)),
            ("runtime", RuntimeInformation.FrameworkDescription),
            (
                "machine",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Environment.ProcessorCount} processors, {RuntimeInformation.ProcessArchitecture}, ")
                + RuntimeInformation.OSDescription),
            ("command line", commandLine),
        ];
        return
        [
            .. own,
            .. rows.Where(row => row.Value is { Length: > 0 } && !told.Contains(row.Name))
                .Select(row => KeyValuePair.Create(row.Name, row.Value!)),
        ];
    }

    /// <summary>
    /// The network in a line, such as <c>784 → 128 → 10, ReLU, 101,770 parameters</c>: the sizes of what has weights.
    /// </summary>
    public static string Describe<T>(Network<T> network)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        const int Most = 12;
        List<string> sizes =
        [
            network.InputShape.ToString(),
            .. network.Layers.Where(layer => layer.Parameters.Any(parameter => parameter.Shape.Count > 1))
                .Select(layer => layer.OutputShape.ToString()),
        ];
        string shown = sizes.Count <= Most
            ? string.Join(" → ", sizes)
            : $"{string.Join(" → ", sizes.Take(Most / 2))} → … → {string.Join(" → ", sizes.TakeLast(Most / 2))}";
        string activations = string.Concat(
            network.Layers.Select(layer => layer.Activation).OfType<IActivation>()
                .Where(activation => activation is not Identity)
                .Select(activation => ", " + activation.Name).Distinct());
        return string.Create(
            CultureInfo.InvariantCulture, $"{shown}{activations}, {network.ParameterCount:N0} parameters");
    }

    private static string? NameOf(object? strategy) => strategy is null
        ? null
        : strategy.ToString() is { } text && text != strategy.GetType().ToString()
            ? Exponent().Replace(text, number => FigureText.Power(
                double.Parse(number.Value, CultureInfo.InvariantCulture), 5))
            : strategy.GetType().Name.Split('`')[0];

    // As in "Adam: learning rate 0.01, ε 1E-08".
    [GeneratedRegex(@"(?<![\w.])\d(\.\d+)?E[+-]\d+\b", RegexOptions.CultureInvariant)]
    private static partial Regex Exponent();

    private static string Names<T>(IReadOnlyList<ITrainingCallback<T>> callbacks)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        string.Join(", ", callbacks.Where(callback => callback is not HtmlReport<T>).Select(NameOf));

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Numbers(IReadOnlyList<double> numbers) =>
        string.Join(", ", numbers.Take(20).Select(number => number.ToString("G4", CultureInfo.InvariantCulture)))
        + (numbers.Count > 20 ? ", …" : "");

    private static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        ?? $"{assembly.GetName().Version}";
}
