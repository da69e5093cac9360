// Makes one program of the cells of a notebook: Extract.cs NOTEBOOK PROGRAM OUTPUT. What the cells write, as it stands
// in the notebook, goes to OUTPUT.
using System.Text;
using System.Text.Json;

using JsonDocument notebook = JsonDocument.Parse(File.ReadAllText(args[0]));
var packages = new List<string>();
var usings = new List<string>();
var statements = new List<string>();
var output = new StringBuilder();
foreach (JsonElement cell in notebook.RootElement.GetProperty("cells").EnumerateArray())
{
    if (cell.GetProperty("cell_type").GetString() != "code")
    {
        continue;
    }

    foreach (string line in Lines(cell.GetProperty("source")))
    {
        // #r "nuget: NeuralNet, *-*" is #:package NeuralNet@*-* in a program.
        if (line.StartsWith("#r \"nuget: ", StringComparison.Ordinal))
        {
            packages.Add("#:package " + line["#r \"nuget: ".Length..^1].Replace(", ", "@", StringComparison.Ordinal));
        }
        else
        {
            (line.StartsWith("using ", StringComparison.Ordinal) && line.EndsWith(';')
                ? usings
                : statements).Add(line);
        }
    }

    foreach (JsonElement shown in cell.GetProperty("outputs").EnumerateArray())
    {
        output.AppendJoin("", shown.GetProperty("text").EnumerateArray().Select(text => text.GetString()));
    }
}

// A notebook knows no nullable reference types.
File.WriteAllLines(args[1], [.. packages, "#:property Nullable=disable", .. usings, .. statements]);
File.WriteAllText(args[2], output.ToString());

static IEnumerable<string> Lines(JsonElement source) =>
    source.EnumerateArray().Select(line => line.GetString()!.TrimEnd('\n'));
