namespace NeuralNet.Benchmarks.Peers.Accuracy;

/// <summary>A network in training, in one of the libraries.</summary>
internal interface ILearner : IDisposable
{
    /// <summary>One step on one batch.</summary>
    /// <param name="inputs">Sample after sample.</param>
    /// <param name="labels">A label per sample.</param>
    /// <param name="learningRateFactor">The factor on the learning rate.</param>
    /// <returns>The loss before the step.</returns>
    double Step(float[] inputs, int[] labels, double learningRateFactor);

    /// <summary>Predicts.</summary>
    /// <param name="inputs">Sample after sample.</param>
    /// <returns>The outputs, sample after sample.</returns>
    float[] Predict(float[] inputs);
}
