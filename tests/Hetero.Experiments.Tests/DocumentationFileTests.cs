using Hetero.Core.Tests.Documentation;
using Hetero.Experiments.Recipes;
using Xunit;

namespace Hetero.Experiments.Tests;

/// <summary>What editors show to the users of the package.</summary>
public class DocumentationFileTests
{
    [Fact]
    public void ItHoldsWhatIsVisible() => DocumentationFile.HoldsWhatIsVisible(typeof(RunRecipe).Assembly);
}
