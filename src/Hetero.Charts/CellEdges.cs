namespace Hetero.Charts;

/// <summary>The borders between heat-map cells: halfway between centres, in the spacing of the axis.</summary>
internal static class CellEdges
{
    public static double[] Of(double[] centres, AxisScale scale)
    {
        int n = centres.Length;
        double[] edges = new double[n + 1];
        if (scale == AxisScale.Log10)
        {
            // A lone cell is one decade wide.
            double below = n > 1 ? Math.Sqrt(centres[1] / centres[0]) : Math.Sqrt(10);
            double above = n > 1 ? Math.Sqrt(centres[^1] / centres[^2]) : below;
            edges[0] = centres[0] / below;
            edges[n] = centres[^1] * above;
            for (int i = 1; i < n; i++)
            {
                edges[i] = Math.Sqrt(centres[i - 1]) * Math.Sqrt(centres[i]);
            }

            return edges;
        }

        double first = n > 1 ? (centres[1] - centres[0]) / 2 : 0.5;
        double last = n > 1 ? (centres[^1] - centres[^2]) / 2 : first;
        edges[0] = centres[0] - first;
        edges[n] = centres[^1] + last;
        for (int i = 1; i < n; i++)
        {
            edges[i] = (centres[i - 1] + centres[i]) / 2;
        }

        return edges;
    }
}
