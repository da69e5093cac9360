using NeuralNet.Distributed;

namespace NeuralNet.Soak;

/// <summary>The task of a child process.</summary>
internal sealed record ChildTask(
    string Folder, string Result, int Threads, int Pause, int Epochs, IWorkers Workers);
