namespace NeuralNet.Kinds;

/// <summary>A kind of layer or strategy: its name in files and its type.</summary>
/// <param name="Role">Its role in a network or a training.</param>
/// <param name="Name">Its name in files, unique within the role.</param>
/// <param name="Type">Its type, unique within the role.</param>
internal abstract record Kind(KindRole Role, string Name, Type Type);
