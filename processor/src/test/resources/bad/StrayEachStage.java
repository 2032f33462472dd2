package bad;

import dev.lanewise.spec.*;

@EachStage(repeats = {1, 2}) // error: @EachStage on Net: requires @Network beside it, got none
interface Net {}
