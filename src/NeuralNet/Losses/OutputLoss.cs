using NeuralNet.Guards;

namespace NeuralNet.Losses;

/// <summary>The loss of one of several outputs, and its weight in the sum.</summary>
public sealed class OutputLoss
{
    /// <summary>Takes the loss of an output.</summary>
    /// <param name="output">The name of the output.</param>
    /// <param name="loss">Its loss.</param>
    /// <param name="weight">
    /// The factor of the loss in the sum, finite and at least 0; at 0 the output is measured, but not trained.
    /// </param>
    /// <exception cref="ArgumentException">The loss is itself one of several outputs.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The weight is negative or not finite.</exception>
    public OutputLoss(string output, ILoss loss, double weight = 1)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(loss);
        if (loss is LossPerOutput)
        {
            throw new ArgumentException(
                $"The loss of the output {MessageText.Quoted(output)} must be that of one output.", nameof(loss));
        }

        Output = output;
        Loss = loss;
        Weight = Require.NotNegative(weight);
    }

    /// <summary>The name of the output.</summary>
    public string Output { get; }

    /// <summary>Its loss.</summary>
    public ILoss Loss { get; }

    /// <summary>The factor of the loss in the sum.</summary>
    public double Weight { get; }
}
