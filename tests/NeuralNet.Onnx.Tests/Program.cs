using System.Globalization;
using NeuralNet.Onnx.Tests.Fuzzing;
using NeuralNet.Onnx.Tests.Verify;

// Beside its tests, which `dotnet test` runs, this project does two things by command:
//   dotnet run -c Release --project tests/NeuralNet.Onnx.Tests -- models FOLDER
//       writes models and what they should give, for tests/NeuralNet.Onnx.Agreement and Verify/check.py;
//   dotnet run -c Release --project tests/NeuralNet.Onnx.Tests -- fuzz FIRST COUNT
//       loads COUNT damaged files, those of the seeds from FIRST on, and stops at the first that is not refused as it
//       should be.
const string Usage = "usage: models FOLDER | fuzz FIRST COUNT, both whole numbers";

switch (args)
{
    case ["models", string folder]:
        Console.WriteLine($"{VerifyFolder.Write(folder)} models in {folder}");
        return 0;
    case ["fuzz", string first, string count]
        when TryParse(first, least: 0, out int start) && TryParse(count, least: 1, out int cases):
        int loaded = Enumerable.Range(start, cases).Count(Fuzzer.Run);
        Console.WriteLine(
            $"{cases} damaged models: {loaded} are models still, {cases - loaded} refused as they should be");
        return 0;
    case ["--help" or "-h"]:
        Console.WriteLine(Usage);
        return 0;
    default:
        Console.Error.WriteLine(Usage);
        return 2;
}

static bool TryParse(string text, int least, out int number) =>
    int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= least;
