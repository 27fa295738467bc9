namespace Hetero.Core.Theory.Concentration;

/// <summary>Draws of |Σ X_iY_i|/m for independent N(0,1) numbers X_i, Y_i, i = 1…m.</summary>
internal static class ProductMeans
{
    /// <summary>Returns the draws; all come from one stream.</summary>
    public static double[] Draw(TheoryInstance instance, int streamIndex, int pairs, int draws)
    {
        double[] means = new double[draws], numbers = new double[2 * pairs];
        for (int draw = 0; draw < draws; draw++)
        {
            instance.Stream(streamIndex).FillGaussian((long)draw * 2 * pairs, numbers.AsSpan());
            double sum = 0;
            for (int i = 0; i < pairs; i++)
            {
                sum += numbers[2 * i] * numbers[(2 * i) + 1];
            }

            means[draw] = Math.Abs(sum) / pairs;
        }

        return means;
    }
}
