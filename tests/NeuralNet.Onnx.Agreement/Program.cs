using System.Globalization;
using NeuralNet.Onnx.Agreement;

// Imports ONNX models and holds the networks against ONNX Runtime; see README.md.
const string Usage = "usage: exports FOLDER | files FOLDER [FOLDER...] | networks COUNT SEED | nodes FOLDER [all]";

switch (args)
{
    case ["files", .. string[] folders] when folders.Length > 0:
        return Report.Print(folders.SelectMany(FileCheck.Folder));
    case ["exports", string folder]:
        return Report.Print(ExportsCheck.Folder(folder));
    case ["networks", string count, string seed]:
        return Report.Print(RoundTrip.Networks(
            int.Parse(count, CultureInfo.InvariantCulture), int.Parse(seed, CultureInfo.InvariantCulture)));
    case ["nodes", string folder]:
        return NodeReport.Print(NodeTests.Folder(folder), showsRefusals: false);
    case ["nodes", string folder, "all"]:
        return NodeReport.Print(NodeTests.Folder(folder), showsRefusals: true);
    default:
        Console.Error.WriteLine(Usage);
        return 2;
}
