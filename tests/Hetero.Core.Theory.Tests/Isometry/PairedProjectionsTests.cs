using Hetero.Core.Random;
using Hetero.Core.Sensing;
using Hetero.Core.Theory;
using Hetero.Core.Theory.Isometry;
using Xunit;

namespace Hetero.Core.Theory.Tests.Isometry;

public class PairedProjectionsTests
{
    // The proof in the remarks against a search at every rank, and against matrices that share their norm between both subspaces.
    [Theory]
    [InlineData(6, 3, true)]
    [InlineData(7, 2, true)]
    [InlineData(5, 4, false)]
    [InlineData(6, 3, false)]
    public void TheConstantOfEveryRankIsTheFormula(int d, int first, bool isSecondEqual)
    {
        const double Theta = 0.7;
        PairedProjections pair = new(new RandomStream(3, StreamPurpose.Theory, 0, 1), d, first, isSecondEqual, Theta);
        int total = isSecondEqual ? 2 * first : first + 1;
        for (int rank = 2; rank <= total; rank++)
        {
            double delta = isSecondEqual ? Theta * rank / (2 * first) : Theta * Math.Sqrt((rank - 1.0) / first);
            Assert.Equal(delta, pair.Delta(rank), 1e-12);
            Assert.Equal(delta, RipConstants.LowerBound(pair.Form, rank, 5).Delta, 1e-6);
            if (rank % 2 == 0 || !isSecondEqual)
            {
                int second = isSecondEqual ? rank / 2 : 1;
                Matrix shared = pair.First(rank - second) + pair.Second(second);
                Assert.Equal(1 + delta, pair.Form.Ratio(shared.ToSvec()), 1e-12);
            }
        }

        Assert.Equal(Theta, RipConstants.Exact(pair.Form).Delta, 1e-12);
        Assert.Throws<ArgumentOutOfRangeException>(() => pair.Delta(1));
    }

    [Fact]
    public void NoRandomMatrixOfTheRankIsMoreExtreme()
    {
        PairedProjections pair = new(new RandomStream(4, StreamPurpose.Theory, 0, 1), 6, 3, isSecondEqual: true, 0.9);
        for (int index = 1; index < 3000; index++)
        {
            int rank = 2 + (index % 4);
            Matrix matrix = new(new TheoryInstance { Dimension = 6, Seed = 8 }.CreateSymmetric(index, rank), 6, 6);
            Assert.InRange(Math.Abs(pair.Form.Ratio(matrix.ToSvec()) - 1), 0, pair.Delta(rank) + 1e-12);
        }
    }
}
