using NeuralNet.Activations;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;
using NeuralNet.Onnx;

// The policy of an agent, as Unity ML-Agents, Godot RL Agents or Stable-Baselines3 export it: observations in, actions
// out. Without a file, a small one is made here.
string path = args.FirstOrDefault() ?? Example();
Console.WriteLine(OnnxImporter.Describe(path));
Network<float> policy = Network.LoadOnnx<float>(path);
Console.WriteLine($"{policy.Inputs} -> {policy.Outputs}");

float[] observation = new float[policy.InputSize];
float[] actions = new float[policy.OutputSize];
var random = new Random(1);
for (int frame = 1; frame <= 5; frame++)
{
    // A game measures what the agent sees; a mask of 1 allows an action.
    foreach (FeatureRange input in policy.Inputs)
    {
        Span<float> seen = observation.AsSpan(input.Start, input.Size);
        for (int i = 0; i < seen.Length; i++)
        {
            seen[i] = input.Name == "action_masks" ? 1 : (2 * random.NextSingle()) - 1;
        }
    }

    policy.Predict(observation, actions);   // allocates nothing, so it may be called at every frame
    Console.WriteLine($"frame {frame}: " + string.Join(", ", policy.Outputs.Select(output =>
        $"{output.Name} {string.Join(' ', actions.Skip(output.Start).Take(output.Size).Select(a => $"{a:F2}"))}")));
}

static string Example()
{
    Network.Create<float>(8, seed: 1).Dense(16, new SiLU()).Dense(2, new Tanh()).Build().SaveOnnx("policy.onnx");
    return "policy.onnx";
}
