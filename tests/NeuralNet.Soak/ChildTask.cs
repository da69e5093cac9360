namespace NeuralNet.Soak;

/// <summary>What a child process is to do.</summary>
internal sealed record ChildTask(string Folder, string Result, int Threads, int Pause, int Epochs);
