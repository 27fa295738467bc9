using Hetero.Core.FsCheck;
using Hetero.Core.Sensing;
using Hetero.Core.Theory;
using Xunit;

namespace Hetero.Core.Tests.Documentation;

/// <summary>What editors show to the users of a package.</summary>
public class DocumentationFileTests
{
    [Theory]
    [InlineData(typeof(Svec))]
    [InlineData(typeof(TheoryCheck))]
    [InlineData(typeof(TheoryConfig))]
    public void ItHoldsWhatIsVisible(Type type) => DocumentationFile.HoldsWhatIsVisible(type.Assembly);
}
