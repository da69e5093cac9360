namespace NeuralNet.Datasets.Drawing;

/// <summary>The ways people write each digit, as strokes.</summary>
internal static class DigitShapes
{
    private static readonly Stroke[][][] _shapes =
    [
        [
            [
                Stroke.Curve(
                    .5f, 0, .2f, .14f, .08f, .5f, .2f, .86f, .5f, 1,
                    .8f, .86f, .92f, .5f, .8f, .14f, .5f, 0),
            ],
            [
                Stroke.Curve(
                    .62f, .04f, .3f, .06f, .1f, .4f, .16f, .82f, .46f, 1,
                    .8f, .8f, .92f, .42f, .8f, .1f, .5f, .06f),
            ],
        ],
        [
            [Stroke.Line(.5f, 0, .5f, 1)],
            [Stroke.Line(.56f, 0, .44f, 1)],
            [Stroke.Line(.3f, .2f, .54f, 0, .54f, 1)],
            [Stroke.Line(.3f, .2f, .52f, 0, .52f, 1), Stroke.Line(.26f, 1, .78f, 1)],
        ],
        [
            [
                Stroke.Curve(.12f, .26f, .3f, .04f, .6f, 0, .84f, .2f, .74f, .46f, .42f, .74f, .1f, 1),
                Stroke.Line(.1f, 1, .92f, .97f),
            ],
            [
                Stroke.Curve(
                    .14f, .2f, .42f, 0, .76f, .1f, .76f, .4f, .46f, .76f, .2f, .96f, .1f, .84f, .3f, .78f, .6f, .94f,
                    .92f, .92f),
            ],
        ],
        [
            [
                Stroke.Curve(.14f, .14f, .46f, 0, .78f, .14f, .72f, .36f, .4f, .48f),
                Stroke.Curve(.4f, .48f, .78f, .56f, .86f, .8f, .56f, 1, .1f, .88f),
            ],
            [
                Stroke.Line(.14f, .02f, .8f, .02f, .42f, .42f),
                Stroke.Curve(.42f, .42f, .78f, .5f, .88f, .76f, .58f, 1, .12f, .9f),
            ],
        ],
        [
            [Stroke.Line(.24f, .02f, .1f, .58f, .9f, .54f), Stroke.Line(.7f, .14f, .64f, 1)],
            [Stroke.Line(.66f, 1, .7f, 0, .06f, .66f, .94f, .66f)],
            [Stroke.Curve(.2f, .04f, .12f, .42f, .4f, .58f, .76f, .44f), Stroke.Line(.82f, 0, .68f, 1)],
        ],
        [
            [
                Stroke.Line(.86f, .02f, .28f, .04f, .2f, .46f),
                Stroke.Curve(.2f, .46f, .56f, .36f, .86f, .56f, .8f, .86f, .46f, 1, .1f, .9f),
            ],
            [
                Stroke.Line(.3f, .04f, .22f, .44f),
                Stroke.Curve(.22f, .44f, .58f, .38f, .84f, .6f, .74f, .9f, .4f, 1, .1f, .88f),
                Stroke.Line(.3f, .04f, .88f, 0),
            ],
        ],
        [
            [
                Stroke.Curve(
                    .72f, .02f, .36f, .24f, .14f, .6f, .26f, .92f, .56f, 1,
                    .82f, .82f, .72f, .58f, .42f, .54f, .18f, .72f),
            ],
            [
                Stroke.Curve(
                    .4f, 0, .2f, .4f, .16f, .78f, .42f, 1, .76f, .92f,
                    .84f, .68f, .6f, .52f, .3f, .6f, .18f, .78f),
            ],
        ],
        [
            [Stroke.Line(.1f, .06f, .88f, .04f, .4f, 1)],
            [Stroke.Curve(.1f, .1f, .46f, .08f, .86f, .02f, .64f, .38f, .46f, .7f, .42f, 1)],
            [Stroke.Line(.1f, .06f, .88f, .04f, .42f, 1), Stroke.Line(.34f, .52f, .82f, .5f)],
        ],
        [
            [
                Stroke.Curve(
                    .76f, .14f, .5f, 0, .22f, .14f, .3f, .38f, .62f, .54f, .84f, .78f, .54f, 1, .2f, .84f, .34f, .58f,
                    .66f, .4f, .8f, .2f, .7f, .08f),
            ],
            [
                Stroke.Curve(.5f, 0, .24f, .1f, .24f, .36f, .5f, .48f, .76f, .36f, .76f, .1f, .5f, 0),
                Stroke.Curve(.5f, .48f, .2f, .6f, .18f, .88f, .5f, 1, .82f, .88f, .8f, .6f, .5f, .48f),
            ],
        ],
        [
            [
                Stroke.Curve(.8f, .24f, .58f, 0, .26f, .1f, .18f, .36f, .4f, .52f, .68f, .44f, .8f, .24f),
                Stroke.Line(.8f, .24f, .74f, 1),
            ],
            [
                Stroke.Curve(
                    .78f, .18f, .5f, 0, .2f, .18f, .26f, .44f, .54f, .5f, .78f, .28f, .8f, .14f, .78f, .56f, .62f, .86f,
                    .36f, 1),
            ],
        ],
    ];

    /// <summary>The ways to write a digit; each one is strokes that together make it.</summary>
    public static Stroke[][] Of(int digit) => _shapes[digit];
}
