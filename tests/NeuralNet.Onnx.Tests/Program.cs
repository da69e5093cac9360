using System.Globalization;
using NeuralNet.Onnx.Tests.Fuzzing;
using NeuralNet.Onnx.Tests.Verify;

// Beside its tests, which `dotnet test` runs, this project does two things by command:
//   dotnet run -c Release --project tests/NeuralNet.Onnx.Tests -- models FOLDER
//       writes models and what they should give, for Verify/verify.mjs and Verify/check.py;
//   dotnet run -c Release --project tests/NeuralNet.Onnx.Tests -- fuzz FIRST COUNT
//       loads COUNT damaged files, those of the seeds from FIRST on, and stops at the first that is not refused as it
//       should be.
switch (args)
{
    case ["models", string folder]:
        Console.WriteLine($"{VerifyFolder.Write(folder)} models in {folder}");
        return 0;
    case ["fuzz", string first, string count]:
        int start = int.Parse(first, CultureInfo.InvariantCulture);
        int cases = int.Parse(count, CultureInfo.InvariantCulture);
        int loaded = Enumerable.Range(start, cases).Count(Fuzzer.Run);
        Console.WriteLine(
            $"{cases} damaged models: {loaded} are models still, {cases - loaded} refused as they should be");
        return 0;
    default:
        Console.Error.WriteLine("usage: models FOLDER | fuzz FIRST COUNT");
        return 2;
}
