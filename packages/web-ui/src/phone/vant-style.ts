// The styles of the parts of Vant that the phone apps use, and no others.
import 'vant/es/button/style';
import 'vant/es/popup/style';
import 'vant/es/skeleton/style';
