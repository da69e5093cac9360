namespace NeuralNet.Training;

/// <summary>
/// A callback that watches a run and changes nothing: it is told after those that may, wherever it stands among them,
/// so that it sees what they leave, such as the best parameters that early stopping puts back at the end.
/// </summary>
public interface IRunObserver;
