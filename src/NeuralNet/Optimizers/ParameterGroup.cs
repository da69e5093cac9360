using System.Globalization;
using System.IO.Enumeration;
using System.Text;
using NeuralNet.Guards;

namespace NeuralNet.Optimizers;

/// <summary>
/// A rule that gives some parameters of a network other settings than the optimizer's: a factor on the learning rate,
/// another weight decay, another L2 penalty.
/// </summary>
/// <remarks>
/// PyTorch's parameter groups (its <c>param_groups</c>), chosen by name. Of the groups of a trainer, the first that
/// matches a parameter counts for it, and a parameter that no group matches has the settings of the optimizer, as in a
/// group without any setting. Running statistics belong to no group, as no optimizer adjusts them; what is frozen
/// stays, in a group or not.
/// </remarks>
/// <example><code>
/// var trainer = new Trainer&lt;float&gt;(network, loss, new AdamW(1e-3, weightDecay: 0.05))
/// {
///     ParameterGroups =
///     [
///         new("body") { OnlyVectors = true, LearningRateFactor = 0.1, WeightDecay = 0 },
///         new("body") { LearningRateFactor = 0.1 },       // pretrained: a tenth of the rate
///         new("*") { OnlyVectors = true, WeightDecay = 0 }, // no decay of biases and normalization
///     ],
/// };
/// </code></example>
public sealed class ParameterGroup
{
    private readonly string[] _names;
    private readonly double _learningRateFactor = 1;
    private readonly double? _weightDecay;
    private readonly double? _l2Penalty;

    /// <summary>Makes a rule for the parameters of some names.</summary>
    /// <param name="names">
    /// Names of parameters, such as <c>dense1.weights</c>, or of layers, which stand for all parameters within them,
    /// such as <c>dense1</c> or <c>residual1.dense2</c>. In a name, <c>*</c> stands for any characters, dots included,
    /// and <c>?</c> for one: <c>*.biases</c>, <c>dense*</c>, or <c>*</c> for all parameters.
    /// </param>
    /// <exception cref="ArgumentException">There are no names, or one is blank.</exception>
    public ParameterGroup(params string[] names)
    {
        ArgumentNullException.ThrowIfNull(names);
        if (names.Length == 0 || Array.Exists(names, string.IsNullOrWhiteSpace))
        {
            throw new ArgumentException(
                "A parameter group needs names of layers or parameters, none of them blank: \"dense1\", "
                + "\"dense1.weights\", \"*.biases\", or \"*\" for all.",
                nameof(names));
        }

        _names = [.. names];
        Names = Array.AsReadOnly(_names);
    }

    /// <summary>Names of layers and parameters, in which <c>*</c> and <c>?</c> stand for others.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>
    /// Whether only parameters of one dimension belong to the group: biases, and the scales and offsets of
    /// normalization, which mostly do without decay; false unless set.
    /// </summary>
    public bool OnlyVectors { get; init; }

    /// <summary>
    /// The factor on every learning rate, besides those of the schedule and the trainer: at least 0; 1 unless set.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to a value that is negative or not finite.</exception>
    public double LearningRateFactor
    {
        get => _learningRateFactor;
        init => _learningRateFactor = Require.NotNegative(value, nameof(LearningRateFactor));
    }

    /// <summary>λ of the decoupled weight decay, at least 0; the optimizer's if null.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to a value that is negative or not finite.</exception>
    public double? WeightDecay
    {
        get => _weightDecay;
        init => _weightDecay = value is { } decay ? Require.NotNegative(decay, nameof(WeightDecay)) : null;
    }

    /// <summary>λ of the L2 penalty, at least 0; the optimizer's if null.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to a value that is negative or not finite.</exception>
    public double? L2Penalty
    {
        get => _l2Penalty;
        init => _l2Penalty = value is { } penalty ? Require.NotNegative(penalty, nameof(L2Penalty)) : null;
    }

    /// <summary>The rule in words.</summary>
    /// <returns>For example <c>body, *.biases: learning rate × 0.1, weight decay 0</c>.</returns>
    public override string ToString()
    {
        var text = new StringBuilder(string.Join(", ", _names.Select(name => MessageText.Printable(name))));
        text.Append(OnlyVectors ? " (only vectors): " : ": ");
        List<string> settings = [];
        if (LearningRateFactor != 1)
        {
            settings.Add($"learning rate × {Text(LearningRateFactor)}");
        }

        if (WeightDecay is { } decay)
        {
            settings.Add($"weight decay {Text(decay)}");
        }

        if (L2Penalty is { } penalty)
        {
            settings.Add($"L2 penalty {Text(penalty)}");
        }

        return text.AppendJoin(", ", settings.DefaultIfEmpty("as the optimizer")).ToString();
    }

    /// <summary>Whether one of the names, as it is written in the group, is that of a parameter or a layer.</summary>
    /// <param name="pattern">One of <see cref="Names"/>.</param>
    /// <param name="parameter">The name of a parameter, which begins with those of the layers around it.</param>
    internal static bool IsNameOf(string pattern, string parameter)
    {
        for (int end = parameter.Length; end > 0; end = parameter.LastIndexOf('.', end - 1))
        {
            if (FileSystemName.MatchesSimpleExpression(pattern, parameter.AsSpan(0, end), ignoreCase: false))
            {
                return true;
            }
        }

        return false;
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
