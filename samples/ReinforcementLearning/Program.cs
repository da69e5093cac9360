using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Training;

// A cart balances a pole by pushes to the left and right, and learns how many steps follow each: deep Q-learning.
(Network<float> network, Network<float> slow) = (Create(), Create());
var trainer = new Trainer<float>(network, new Huber(), new Adam(learningRate: 0.002));
var memory = new (Vector<float> Pole, int Push, Vector<float> Next)[10_000];
var random = new Random(1);
double mean = 0;
for (int episode = 1; episode <= 600 && mean < 475; episode++)
{
    Run(exploration: Math.Max(0.02, 1 - (episode / 100.0)));
    mean = episode % 10 == 0 ? Enumerable.Range(0, 100).Average(_ => Run()) : mean;
    Console.Write(episode % 10 == 0 ? FormattableString.Invariant($"episode {episode}, mean steps: {mean}\n") : "");
}

static Network<float> Create() => Network.Create<float>(4, seed: 1).Dense(128, new ReLU()).Dense(2).Build();

// Up to 500 steps, until the cart is too far away or the pole leans too much.
int Run(double exploration = 0)
{
    Vector<float> pole = Vector<float>.Build.Dense(4, _ => (random.NextSingle() / 10) - 0.05f);
    int steps = 0;
    for (; steps < 500 && IsUp(pole); steps++)
    {
        int push = random.NextDouble() < exploration ? random.Next(2) : network.Predict(pole).MaximumIndex();
        (Vector<float> before, pole) = (pole, Move(pole, push == 0 ? -10 : 10));
        if (exploration > 0)
        {
            memory[trainer.StepCount % memory.Length] = (before, push, pole);
            var batch = random.GetItems(memory[..(int)Math.Min(trainer.StepCount + 1, memory.Length)], 64);
            var poles = Matrix<float>.Build.DenseOfColumnVectors(batch.Select(one => one.Pole));
            var after = slow.Predict(Matrix<float>.Build.DenseOfColumnVectors(batch.Select(one => one.Next)));

            // A push is worth the step that it lasts, and what the better one after it is worth.
            trainer.Step(poles, network.Predict(poles).MapIndexed((side, i, worth) => side != batch[i].Push ? worth
                : IsUp(batch[i].Next) ? 1 + (0.98f * after.Column(i).Maximum()) : 1));
            slow.CopyParametersFrom(network, share: 0.01);
        }
    }

    return steps;
}

static bool IsUp(Vector<float> pole) => Math.Abs(pole[0]) < 2.4 && Math.Abs(pole[2]) < Math.PI / 15;

// Place and speed of the cart, angle and turn of the pole, a fiftieth of a second later.
static Vector<float> Move(Vector<float> pole, float force)
{
    (float sin, float cos) = MathF.SinCos(pole[2]);
    float pull = (force + (pole[3] * pole[3] * sin / 20)) / 1.1f;
    float turn = ((9.8f * sin) - (cos * pull)) / ((2 / 3f) - (cos * cos / 22));
    return pole + (Vector<float>.Build.Dense([pole[1], pull - (turn * cos / 22), pole[3], turn]) / 50);
}

// The last line: episode 230, mean steps: 482.01
