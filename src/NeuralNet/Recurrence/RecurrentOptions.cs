using System.Globalization;
using NeuralNet.Guards;
using NeuralNet.Initializers;
using NeuralNet.Regularization;

namespace NeuralNet.Recurrence;

/// <summary>
/// The settings of a recurrent layer that are seldom changed: direction, biases, initial values, penalties.
/// </summary>
public sealed record RecurrentOptions
{
    /// <summary>
    /// Whether sequences are read from their last step to their first. The output of a step stays in its place.
    /// </summary>
    public bool IsReversed { get; init; }

    /// <summary>Whether there are biases.</summary>
    public bool HasBiases { get; init; } = true;

    /// <summary>Whether the state that sequences begin with is learned; else it is 0.</summary>
    public bool LearnsInitialState { get; init; }

    /// <summary>
    /// Truncated backpropagation: sequences are cut into pieces of this many steps, through which the state is carried
    /// on, but no gradient runs back from a piece to the one before. Null for the whole gradient.
    /// </summary>
    public int? GradientSteps { get; init; }

    /// <summary>
    /// p, the probability that a unit of h is dropped on its way to the gates while training: one choice for all steps
    /// of a sequence, whose other units are divided by 1 − p there. At least 0 and below 1.
    /// </summary>
    /// <remarks>
    /// Gal and Ghahramani, "A theoretically grounded application of dropout in recurrent neural networks" (2016);
    /// Keras's <c>recurrent_dropout</c>. PyTorch has none. What passes a gate by itself, as h of a GRU and the cell
    /// state of an LSTM, is not dropped.
    /// </remarks>
    public double RecurrentDropout { get; init; }

    /// <summary>Initial input weights; Glorot's uniform distribution if null.</summary>
    public IInitializer? WeightInitializer { get; init; }

    /// <summary>Initial recurrent weights; orthogonal if null.</summary>
    public IInitializer? RecurrentInitializer { get; init; }

    /// <summary>Initial biases, both; 0 if null, but 1 for the forget gate of an LSTM.</summary>
    public IInitializer? BiasInitializer { get; init; }

    /// <summary>The penalty on the input weights; none if null.</summary>
    public IPenalty? WeightPenalty { get; init; }

    /// <summary>The penalty on the recurrent weights; none if null.</summary>
    public IPenalty? RecurrentPenalty { get; init; }

    /// <summary>The constraint on the input weights; none if null.</summary>
    public IConstraint? WeightConstraint { get; init; }

    /// <summary>The constraint on the recurrent weights; none if null.</summary>
    public IConstraint? RecurrentConstraint { get; init; }

    /// <summary>The settings that are numbers or choices.</summary>
    /// <returns>For example <c>forwards, with biases, from 0, whole gradients</c>.</returns>
    public override string ToString()
    {
        string[] all =
        [
            IsReversed ? "reversed" : "forwards",
            HasBiases ? "with biases" : "without biases",
            LearnsInitialState ? "from a state that is learned" : "from 0",
            GradientSteps is { } steps ? $"gradients through {Quantity.Of(steps, "step")}" : "whole gradients",
            .. RecurrentDropout > 0
                ? (string[])[string.Create(CultureInfo.InvariantCulture, $"dropout of {RecurrentDropout}")] : [],
        ];
        return string.Join(", ", all);
    }
}
