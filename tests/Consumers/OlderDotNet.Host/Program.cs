// "write FOLDER" writes networks as C# source; "compare ASSEMBLY" holds what they predict, compiled for an older .NET,
// against what the library predicts.
using Consumers.OlderDotNet;

switch (args)
{
    case ["write", string folder]:
        Directory.CreateDirectory(folder);
        foreach (IModel model in Models.All)
        {
            File.WriteAllText(Path.Combine(folder, $"{model.ClassName}.cs"), model.Source());
        }

        return 0;
    case ["compare", string path]:
        return Comparison.Run(path);
    default:
        Console.Error.WriteLine("write FOLDER, or compare ASSEMBLY");
        return 2;
}
